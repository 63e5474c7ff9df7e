namespace UAmtfl.Evaluation.Metrics;

/// <summary>The coefficient of determination: 1 − Σ (ŷ − y)² / Σ (y − ȳ)², in (−∞, 1], higher is better; 0 is the mean of the test
/// labels. Undefined where all labels are equal, and without a row.</summary>
/// <param name="predictions">[N], ŷ.</param>
/// <param name="labels">[N], y.</param>
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
