namespace UAmtfl.Evaluation.Metrics;

/// <summary>The accuracy, the share of rows with the right class: 1 − Σ e / N, in [0, 1]; higher is better. It is undefined without a
/// row.</summary>
/// <param name="errors">The error of each row, [N], 0 or 1.</param>
public sealed class Accuracy(double[] errors) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => errors.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights) => 1 - RowMean.Of(errors, weights);
}
