using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.State;

/// <summary>Draws the random numbers of a weighting. It is not saved, because a training seeds it anew in each epoch.</summary>
public sealed class StateRandom : nn.Module
{
    /// <summary>The number that a draw of <see cref="SplitMix64"/> adds to its state.</summary>
    private const long Increment = unchecked((long)0x9E3779B97F4A7C15);

    private long state;

    private StateRandom()
        : base(nameof(StateRandom))
    {
        using var first = randint(0, long.MaxValue, [1], dtype: ScalarType.Int64);
        state = first.item<long>();
    }

    /// <summary>Seeds the random numbers.</summary>
    /// <param name="seed">The seed; equal seeds give equal numbers.</param>
    public void Start(long seed) => state = seed;

    /// <summary>Draws a number in [0, 1), each multiple of 2⁻⁵³ equally likely.</summary>
    public double Uniform() => UniformOf(Take(1));

    /// <summary>Draws a standard normal number (Box and Muller 1958).</summary>
    public double Normal() => NormalOf(Take(2));

    /// <summary>Draws the standard normal numbers that <see cref="Normal"/> would give one by one, in a fraction of the time.</summary>
    /// <param name="count">The number of draws.</param>
    public double[] Normals(int count)
    {
        var (numbers, source) = (new double[count], Take(2 * count));
        for (var i = 0; i < count; i++)
        {
            numbers[i] = NormalOf(source);
        }

        return numbers;
    }

    /// <summary>Draws the numbers 0 … count − 1 in a random order, each order equally likely.</summary>
    /// <param name="count">The length of the permutation.</param>
    public int[] Permutation(int count)
    {
        int[] items = [.. Enumerable.Range(0, count)];
        return new SplitMix64(unchecked((long)Take(1).Next())).Sample<int>(items, count);
    }

    /// <summary>Creates a generator for numbers that are drawn on a device.</summary>
    /// <param name="device">The device.</param>
    public Generator Generator(Device device) => new(Take(1).Next() >> 1, device);

    internal static StateRandom Register(nn.Module module, string name)
    {
        var state = new StateRandom();
        module.register_module(name, state);
        return state;
    }

    private static double UniformOf(SplitMix64 source) => (source.Next() >> 11) * (1.0 / (1L << 53));

    private static double NormalOf(SplitMix64 source)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - UniformOf(source)));
        return radius * Math.Cos(2 * Math.PI * UniformOf(source));
    }

    /// <summary>Returns a source of the next draws, and moves the state beyond them.</summary>
    private SplitMix64 Take(int draws)
    {
        var source = new SplitMix64(state);
        state = unchecked(state + (draws * Increment));
        return source;
    }
}
