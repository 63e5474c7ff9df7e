namespace UAmtfl.Evaluation.Metrics;

/// <summary>The error rate, the share of rows with a wrong class: Σ e / N, in [0, 1]; lower is better. It is undefined without a
/// row.</summary>
/// <param name="errors">The error of each row, [N], 0 or 1.</param>
public sealed class ErrorRate(double[] errors) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => errors.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights) => RowMean.Of(errors, weights);
}
