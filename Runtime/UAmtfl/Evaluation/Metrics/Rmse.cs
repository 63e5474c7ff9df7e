namespace UAmtfl.Evaluation.Metrics;

/// <summary>The root mean squared error, √(Σ (ŷ − y)² / N), in [0, ∞) and the label's unit; lower is better. It is undefined without a
/// row.</summary>
/// <param name="squares">The squared error of each row, [N].</param>
public sealed class Rmse(double[] squares) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => squares.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights) => Math.Sqrt(RowMean.Of(squares, weights));
}
