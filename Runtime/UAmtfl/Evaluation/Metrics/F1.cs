namespace UAmtfl.Evaluation.Metrics;

/// <summary>The F1 score, the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN), in [0, 1]; higher is better. It is 0 if
/// none of the positive rows is found, and undefined if no row is positive.</summary>
/// <param name="predictions">The prediction for each row, [N], 0 or 1.</param>
/// <param name="labels">The label of each row, [N], 0 or 1.</param>
public sealed class F1(double[] predictions, double[] labels) : IRowMetric
{
    /// <inheritdoc/>
    public int Rows => labels.Length;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights)
    {
        var (both, predicted, positive) = (0L, 0L, 0L);
        for (var i = 0; i < labels.Length; i++)
        {
            predicted += predictions[i] > 0.5 ? weights[i] : 0;
            positive += labels[i] > 0.5 ? weights[i] : 0;
            both += predictions[i] > 0.5 && labels[i] > 0.5 ? weights[i] : 0;
        }

        return positive == 0 ? double.NaN : 2.0 * both / (predicted + positive);
    }
}
