namespace UAmtfl.Evaluation.Metrics;

/// <summary>The weighted mean that the metrics of row errors stand on.</summary>
internal static class RowMean
{
    /// <summary>Σ w e / Σ w; NaN without a row.</summary>
    public static double Of(double[] errors, ReadOnlySpan<ushort> weights)
    {
        var (sum, count) = (0.0, 0L);
        for (var i = 0; i < errors.Length; i++)
        {
            sum += weights[i] * errors[i];
            count += weights[i];
        }

        return count == 0 ? double.NaN : sum / count;
    }
}
