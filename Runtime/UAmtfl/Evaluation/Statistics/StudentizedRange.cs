namespace UAmtfl.Evaluation.Statistics;

/// <summary>The range of k independent standard normal variables: the studentised range with infinitely many degrees of freedom.</summary>
public static class StudentizedRange
{
    private const int Intervals = 2000;
    private const double Far = 9;

    /// <summary>P(range ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1) dz, by Simpson's rule.</summary>
    /// <param name="q">The range.</param>
    /// <param name="k">How many variables, at least 2.</param>
    public static double Probability(double q, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        if (q <= 0)
        {
            return 0;
        }

        // z is the largest of the k, which is not below −Far for any k.
        var step = (2 * Far) / Intervals;
        var sum = 0.0;
        for (var i = 0; i <= Intervals; i++)
        {
            var z = -Far + i * step;
            var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
            sum += (i == 0 || i == Intervals ? 1 : i % 2 == 1 ? 4 : 2) * density * Math.Pow(SpecialFunctions.Normal(z) - SpecialFunctions.Normal(z - q), k - 1);
        }

        return Math.Min(1, k * sum * step / 3);
    }

    /// <summary>The quantile, by bisection: what the range exceeds with probability <paramref name="alpha"/>.</summary>
    /// <param name="alpha">In (0, 1).</param>
    /// <param name="k">How many variables, at least 2.</param>
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
