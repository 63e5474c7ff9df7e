namespace UAmtfl.Evaluation.Statistics;

/// <summary>Computes quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7).</summary>
internal static class Quantile
{
    /// <summary>Returns a quantile of a sample.</summary>
    /// <param name="sorted">The sample in ascending order, [n].</param>
    /// <param name="q">The probability of the quantile, in [0, 1].</param>
    /// <returns>The quantile; NaN for an empty sample.</returns>
    public static double Of(double[] sorted, double q)
    {
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var position = q * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
