namespace UAmtfl.Evaluation.Metrics;

/// <summary>Rows in the order of their scores, sorted once: a resample only changes how often each counts.</summary>
internal sealed class RankedRows
{
    private readonly int[] _order;
    private readonly byte[] _positive;
    private readonly byte[] _endsTie;

    /// <summary>Sorts.</summary>
    /// <param name="scores">[N].</param>
    /// <param name="labels">[N], 0 or 1.</param>
    /// <param name="descending">Whether the highest score comes first.</param>
    public RankedRows(double[] scores, double[] labels, bool descending)
    {
        Defined = !scores.Any(double.IsNaN);
        var keys = descending ? Array.ConvertAll(scores, s => -s) : (double[])scores.Clone();
        _order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(keys, _order);
        _positive = Array.ConvertAll(_order, row => labels[row] > 0.5 ? (byte)1 : (byte)0);
        _endsTie = new byte[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            _endsTie[i] = i + 1 == keys.Length || keys[i + 1] != keys[i] ? (byte)1 : (byte)0;
        }
    }

    /// <summary>N.</summary>
    public int Count => _order.Length;

    /// <summary>Whether every row has a score.</summary>
    public bool Defined { get; }

    /// <summary>Walks over groups of equal scores.</summary>
    /// <typeparam name="TSum">Adds them up.</typeparam>
    /// <param name="weights">[N], how often each row counts.</param>
    /// <param name="sum">Receives each group.</param>
    public void Walk<TSum>(ReadOnlySpan<ushort> weights, ref TSum sum)
        where TSum : struct, ITieSum
    {
        var (positives, all) = (0L, 0L);
        for (var i = 0; i < _order.Length; i++)
        {
            var weight = weights[_order[i]];
            all += weight;
            positives += weight * _positive[i];
            if (_endsTie[i] != 0)
            {
                sum.Add(positives, all - positives);
                (positives, all) = (0, 0);
            }
        }
    }
}

/// <summary>Adds up groups of rows with equal scores.</summary>
internal interface ITieSum
{
    /// <summary>Adds the next group.</summary>
    /// <param name="positives">How many positive rows it has.</param>
    /// <param name="negatives">How many negative rows it has.</param>
    void Add(long positives, long negatives);
}
