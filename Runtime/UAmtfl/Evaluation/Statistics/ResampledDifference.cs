namespace UAmtfl.Evaluation.Statistics;

/// <summary>The interval and the p value that a bootstrap gives for a difference.</summary>
/// <param name="Interval">The 95 % percentile interval.</param>
/// <param name="P">The two-sided p value of the hypothesis that the difference is 0, by inverting the percentile interval: twice the
/// smaller share of resamples on either side of 0, with one added on each side so that no p is 0 (Davison and Hinkley 1997, section 4.2).
/// It is in [2 / (B + 1), 1] for B resamples; NaN without an interval.</param>
public readonly record struct ResampledDifference(Interval Interval, double P)
{
    /// <summary>The value that stands for no result, when there was nothing to resample or a value was not finite.</summary>
    public static readonly ResampledDifference None = new(Interval.None, double.NaN);

    /// <summary>The size, relative to the largest difference, below which a difference is only rounding.</summary>
    private const double Tolerance = 1e-12;

    /// <summary>Reads the interval and the p value from the statistics of the resamples.</summary>
    /// <param name="statistics">The statistic of each resample, [resample], sorted in place; NaN if a resample has no value, for
    /// example because it has no positive row. Those are left out, unless they are more than half.</param>
    public static ResampledDifference Of(double[] statistics)
    {
        // Array.Sort puts NaN before all numbers.
        Array.Sort(statistics);
        var undefined = Array.FindIndex(statistics, s => !double.IsNaN(s));
        if (undefined < 0 || 2 * undefined > statistics.Length)
        {
            return None;
        }

        var sorted = statistics.AsSpan(undefined);
        var zero = Tolerance * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        var (below, above) = (1, 1);
        foreach (var value in sorted)
        {
            below += value <= zero ? 1 : 0;
            above += value >= -zero ? 1 : 0;
        }

        var tail = sorted.Length / 40;
        return new(new Interval(sorted[tail], sorted[^(tail + 1)]), Math.Min(1, 2.0 * Math.Min(below, above) / (sorted.Length + 1)));
    }
}
