namespace UAmtfl.Evaluation.Statistics;

/// <summary>Computes the distribution of the range of k independent standard normal variables, which is the studentised range with
/// infinitely many degrees of freedom.</summary>
public static class StudentizedRange
{
    private const int Intervals = 2000;
    private const double Far = 9;

    /// <summary>Returns the probability that the range is at most q, k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz, by Simpson's rule.</summary>
    /// <param name="q">The range.</param>
    /// <param name="k">The number of variables, at least 2.</param>
    public static double Probability(double q, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        if (q <= 0)
        {
            return 0;
        }

        // z is the largest of the k variables, which is practically never below −Far.
        var step = (2 * Far) / Intervals;
        var sum = 0.0;
        for (var i = 0; i <= Intervals; i++)
        {
            var z = -Far + i * step;
            var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            sum += (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * density
                * Math.Pow(SpecialFunctions.Normal(z) - SpecialFunctions.Normal(z - q), k - 1);
        }

        return Math.Min(1, k * sum * step / 3);
    }

    /// <summary>Returns the value that the range exceeds with probability <paramref name="alpha"/>, by bisection.</summary>
    /// <param name="alpha">The probability, in (0, 1).</param>
    /// <param name="k">The number of variables, at least 2.</param>
    public static double Critical(double alpha, int k)
    {
        var (low, high) = (0.0, 20.0);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = Probability(middle, k) < 1 - alpha ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
