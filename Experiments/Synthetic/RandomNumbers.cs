using UAmtfl.Numerics;

namespace UAmtfl.Experiments.Synthetic;

/// <summary>Draws real numbers with a generator of random bits.</summary>
internal static class RandomNumbers
{
    /// <summary>Draws a number of the uniform distribution on [0, 1).</summary>
    public static double Unit(this SplitMix64 random) => (random.Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Draws a number of the standard normal distribution (Box and Muller 1958, the cosine alone).</summary>
    public static double Normal(this SplitMix64 random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.Unit()));
        return radius * Math.Cos(2 * Math.PI * random.Unit());
    }
}
