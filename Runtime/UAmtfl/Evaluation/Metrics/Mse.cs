namespace UAmtfl.Evaluation.Metrics;

/// <summary>The mean squared error, Σ (ŷ − y)² / N, in [0, ∞); lower is better. It is undefined without a row.</summary>
/// <param name="squares">The squared error of each row, [N].</param>
public sealed class Mse(double[] squares) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => squares.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights) => RowMean.Of(squares, weights);
}
