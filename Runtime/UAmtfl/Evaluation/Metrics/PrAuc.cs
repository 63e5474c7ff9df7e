namespace UAmtfl.Evaluation.Metrics;

/// <summary>The average precision, which is the area under the precision-recall curve without interpolation, because interpolation would
/// be too optimistic (Davis and Goadrich 2006): Σ_k (R_k − R_{k−1}) P_k over the distinct scores as thresholds, from the highest, with the
/// precision P_k and the recall R_k of the rows at or above it. It is in (0, 1]; higher is better, and chance gives the share of
/// positives. It is undefined if no row is positive, or a score is not a number.</summary>
/// <param name="scores">The score of each row, [N].</param>
/// <param name="labels">The label of each row, [N], 0 or 1.</param>
public sealed class PrAuc(double[] scores, double[] labels) : IRowMetric
{
    private readonly RankedRows rows = new(scores, labels, descending: true);

    /// <inheritdoc/>
    public int Rows => rows.Count;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights)
    {
        if (!rows.Defined)
        {
            return double.NaN;
        }

        var steps = default(Steps);
        rows.Walk(weights, ref steps);
        return steps.Positives == 0 ? double.NaN : steps.Area / steps.Positives;
    }

    private struct Steps : ITieSum
    {
        public long Positives;
        public long All;
        public double Area;

        public void Add(long positives, long negatives)
        {
            Positives += positives;
            All += positives + negatives;
            if (positives > 0)
            {
                Area += positives * ((double)Positives / All);
            }
        }
    }
}
