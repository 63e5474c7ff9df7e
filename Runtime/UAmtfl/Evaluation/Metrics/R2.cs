namespace UAmtfl.Evaluation.Metrics;

/// <summary>The coefficient of determination, 1 − Σ (ŷ − y)² / Σ (y − ȳ)², in (−∞, 1]; higher is better, and predicting the mean of the
/// test labels gives 0. It is undefined without a row, or if all labels are equal.</summary>
/// <param name="predictions">The predictions ŷ, [N].</param>
/// <param name="labels">The labels y, [N].</param>
public sealed class R2(double[] predictions, double[] labels) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => labels.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights)
    {
        var mean = RowMean.Of(labels, weights);
        var (residual, total, varies) = (0.0, 0.0, false);
        for (var i = 0; i < labels.Length; i++)
        {
            if (weights[i] > 0)
            {
                residual += weights[i] * (predictions[i] - labels[i]) * (predictions[i] - labels[i]);
                total += weights[i] * (labels[i] - mean) * (labels[i] - mean);
                varies |= !Constant.IsRounding(labels[i] - mean, mean);
            }
        }

        return varies ? 1 - residual / total : double.NaN;
    }
}
