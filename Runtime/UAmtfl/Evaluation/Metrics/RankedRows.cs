using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace UAmtfl.Evaluation.Metrics;

/// <summary>Keeps rows in the order of their scores. They are sorted once, because a resample only changes how often each row
/// counts.</summary>
internal sealed class RankedRows
{
    private const int Positive = 2;
    private const int EndsTie = 1;

    /// <summary>The index of each row in the order of scores, times four, plus two flags in the lowest bits. One array holds all three,
    /// because a walk then reads a single stream beside the weights.</summary>
    private readonly int[] rows;

    /// <summary>Sorts rows by their scores.</summary>
    /// <param name="scores">The score of each row, [N], with N below 2²⁹.</param>
    /// <param name="labels">The label of each row, [N], 0 or 1.</param>
    /// <param name="descending">True if the highest score comes first.</param>
    public RankedRows(double[] scores, double[] labels, bool descending)
    {
        Defined = !scores.Any(double.IsNaN);
        var keys = descending ? Array.ConvertAll(scores, s => -s) : (double[])scores.Clone();
        rows = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(keys, rows);
        for (var i = 0; i < keys.Length; i++)
        {
            var ends = i + 1 == keys.Length || keys[i + 1] != keys[i];
            rows[i] = (rows[i] << 2) | (labels[rows[i]] > 0.5 ? Positive : 0) | (ends ? EndsTie : 0);
        }
    }

    /// <summary>The number of rows N.</summary>
    public int Count => rows.Length;

    /// <summary>True if every row has a score that is a number.</summary>
    public bool Defined { get; }

    /// <summary>Passes each group of rows with equal scores to a sum, in the order of scores.</summary>
    /// <typeparam name="TSum">The type of the sum.</typeparam>
    /// <param name="weights">The number of times that each row counts, [N].</param>
    /// <param name="sum">Receives each group.</param>
    /// <exception cref="ArgumentException">There are not N weights.</exception>
    public void Walk<TSum>(ReadOnlySpan<ushort> weights, ref TSum sum)
        where TSum : struct, ITieSum
    {
        if (weights.Length != rows.Length)
        {
            throw new ArgumentException($"{rows.Length} rows need as many weights, not {weights.Length}.");
        }

        // Every index is below N, so that the weights need no further check.
        ref var first = ref MemoryMarshal.GetReference(weights);
        var (positives, all) = (0L, 0L);
        foreach (var row in rows)
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

/// <summary>Adds up groups of rows with equal scores, in the order of scores.</summary>
internal interface ITieSum
{
    /// <summary>Adds the next group of rows.</summary>
    /// <param name="positives">The number of positive rows in the group.</param>
    /// <param name="negatives">The number of negative rows in the group.</param>
    void Add(long positives, long negatives);
}
