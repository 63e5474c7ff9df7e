namespace UAmtfl.Evaluation.Metrics;

/// <summary>Computes the weighted mean of row errors, which several metrics use.</summary>
internal static class RowMean
{
    /// <summary>Returns Σ w e / Σ w, or NaN without a row.</summary>
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
