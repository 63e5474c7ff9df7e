namespace UAmtfl.Evaluation.Metrics;

/// <summary>Pearson's correlation of predictions and labels, Σ (ŷ − mean ŷ)(y − ȳ) / √(Σ (ŷ − mean ŷ)² Σ (y − ȳ)²), in [−1, 1]; higher is
/// better. It is undefined without a row, or if all predictions or all labels are equal.</summary>
/// <param name="predictions">The predictions ŷ, [N].</param>
/// <param name="labels">The labels y, [N].</param>
public sealed class Pearson(double[] predictions, double[] labels) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => labels.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights)
    {
        var (meanX, meanY) = (RowMean.Of(predictions, weights), RowMean.Of(labels, weights));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        var (variesX, variesY) = (false, false);
        for (var i = 0; i < labels.Length; i++)
        {
            if (weights[i] > 0)
            {
                var (x, y) = (predictions[i] - meanX, labels[i] - meanY);
                xx += weights[i] * x * x;
                yy += weights[i] * y * y;
                xy += weights[i] * x * y;
                variesX |= !Constant.IsRounding(x, meanX);
                variesY |= !Constant.IsRounding(y, meanY);
            }
        }

        return variesX && variesY ? Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1) : double.NaN;
    }
}
