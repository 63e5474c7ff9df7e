namespace UAmtfl.Evaluation.Metrics;

/// <summary>The area under the receiver operating characteristic, which is the share of pairs of a positive and a negative row in which
/// the positive has the higher score; equal scores count one half. It is (R₊ − P (P + 1) / 2) / (P Q) for P positive and Q negative rows,
/// with R₊ the sum of the positives' mid-ranks (Hanley and McNeil 1982). It is in [0, 1]; higher is better, and 0.5 is chance. It is
/// undefined if one of the classes has no row, or a score is not a number.</summary>
/// <param name="scores">The score of each row, [N].</param>
/// <param name="labels">The label of each row, [N], 0 or 1.</param>
public sealed class RocAuc(double[] scores, double[] labels) : IRowMetric
{
    private readonly RankedRows rows = new(scores, labels, descending: false);

    /// <inheritdoc/>
    public int Rows => rows.Count;

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<ushort> weights)
    {
        if (!rows.Defined)
        {
            return double.NaN;
        }

        var pairs = default(Pairs);
        rows.Walk(weights, ref pairs);
        return pairs.Positives == 0 || pairs.Negatives == 0 ? double.NaN : pairs.TwiceWon / (2.0 * pairs.Positives * pairs.Negatives);
    }

    private struct Pairs : ITieSum
    {
        public long Positives;
        public long Negatives;
        public long TwiceWon;

        public void Add(long positives, long negatives)
        {
            TwiceWon += positives * (2 * Negatives + negatives);
            Positives += positives;
            Negatives += negatives;
        }
    }
}
