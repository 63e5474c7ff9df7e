namespace UAmtfl.Evaluation.Metrics;

/// <summary>The share of rows with a wrong class: Σ e / N, in [0, 1], lower is better. Undefined without a row.</summary>
/// <param name="errors">[N], 0 or 1.</param>
public sealed class ErrorRate(double[] errors) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => errors.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights) => RowMean.Of(errors, weights);
}
