using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace UAmtfl.Evaluation.Metrics;

/// <summary>Rows in the order of their scores, sorted once: a resample only changes how often each counts.</summary>
internal sealed class RankedRows
{
    private const int Positive = 2;
    private const int EndsTie = 1;

    /// <summary>A row's index, times four, with its two flags: a walk is one stream of these beside the weights.</summary>
    private readonly int[] _rows;

    /// <summary>Sorts.</summary>
    /// <param name="scores">[N], N below 2²⁹.</param>
    /// <param name="labels">[N], 0 or 1.</param>
    /// <param name="descending">True if the highest score comes first.</param>
    public RankedRows(double[] scores, double[] labels, bool descending)
    {
        Defined = !scores.Any(double.IsNaN);
        var keys = descending ? Array.ConvertAll(scores, s => -s) : (double[])scores.Clone();
        _rows = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(keys, _rows);
        for (var i = 0; i < keys.Length; i++)
        {
            var ends = i + 1 == keys.Length || keys[i + 1] != keys[i];
            _rows[i] = (_rows[i] << 2) | (labels[_rows[i]] > 0.5 ? Positive : 0) | (ends ? EndsTie : 0);
        }
    }

    /// <summary>N.</summary>
    public int Count => _rows.Length;

    /// <summary>True if every row has a score.</summary>
    public bool Defined { get; }

    /// <summary>Walks over groups of equal scores.</summary>
    /// <typeparam name="TSum">Adds them up.</typeparam>
    /// <param name="weights">[N], how often each row counts.</param>
    /// <param name="sum">Receives each group.</param>
    /// <exception cref="ArgumentException">There are not N weights.</exception>
    public void Walk<TSum>(ReadOnlySpan<ushort> weights, ref TSum sum)
        where TSum : struct, ITieSum
    {
        if (weights.Length != _rows.Length)
        {
            throw new ArgumentException($"{_rows.Length} rows need as many weights, not {weights.Length}.");
        }

        // Every index is below N, so that the weights need no further check.
        ref var first = ref MemoryMarshal.GetReference(weights);
        var (positives, all) = (0L, 0L);
        foreach (var row in _rows)
        {
            int weight = Unsafe.Add(ref first, row >> 2);
            all += weight;
            positives += weight & -((row & Positive) >> 1);
            if ((row & EndsTie) != 0)
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
