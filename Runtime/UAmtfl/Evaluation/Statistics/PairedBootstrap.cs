using System.Numerics;
using UAmtfl.Numerics;

namespace UAmtfl.Evaluation.Statistics;

/// <summary>A percentile bootstrap of paired differences over test rows (Efron and Tibshirani 1993, chapter 13).</summary>
/// <remarks>A row is drawn with everything that was measured on it, so that two methods stay paired on the same row. Intervals reflect the
/// choice of test rows, not the randomness of training.</remarks>
public static class PairedBootstrap
{
    /// <summary>The number of resamples, of which 50 lie beyond each end of a 95 % interval.</summary>
    public const int Resamples = 2000;

    /// <summary>The smallest two-sided p value that <see cref="Resamples"/> resamples can reach, 2 / (B + 1).</summary>
    public const double SmallestP = 2.0 / (Resamples + 1);

    /// <summary>Computes the 95 % interval of each column's mean, and the p value of the hypothesis that the mean is 0.</summary>
    /// <param name="blocks">Row differences, [block][column][row]. Rows are resampled within a block, the same rows for all of its
    /// columns; a column's statistic is the mean over blocks of its mean in each. If all seeds share the test rows, give one block of
    /// differences averaged over seeds, else one block for each seed. All blocks have the same columns.</param>
    /// <param name="seed">The seed of the resamples; the same seed gives the same bits on every machine.</param>
    /// <returns>The difference of each column, [column]; <see cref="ResampledDifference.None"/> if a block is empty or a difference is not
    /// a number.</returns>
    public static ResampledDifference[] Differences(IReadOnlyList<double[][]> blocks, ulong seed)
    {
        var columns = blocks.Count == 0 ? 0 : blocks[0].Length;
        if (columns == 0)
        {
            return [];
        }

        var statistics = new double[columns][];
        for (var column = 0; column < columns; column++)
        {
            statistics[column] = new double[Resamples];
        }

        var generator = new SplitMix64(unchecked((long)seed));
        foreach (var block in blocks)
        {
            if (block[0].Length == 0)
            {
                return Array.ConvertAll(statistics, _ => ResampledDifference.None);
            }

            AddMeans(block, 1.0 / blocks.Count, generator, statistics);
        }

        return Array.ConvertAll(statistics, s => Array.Exists(s, double.IsNaN) ? ResampledDifference.None : ResampledDifference.Of(s));
    }

    /// <summary>Adds the weighted mean of each resample of a block to the statistics, [column][resample].</summary>
    private static void AddMeans(double[][] block, double weight, SplitMix64 generator, double[][] statistics)
    {
        // Columns lie side by side in vector lanes, so that one draw serves all of them. The bits do not depend on the width of the
        // machine's vectors, because each lane sums in the order of the draw.
        var lanes = Vector<double>.Count;
        var stride = (block.Length + lanes - 1) / lanes * lanes;
        var count = block[0].Length;
        var rows = Interleave(block, stride);

        // Rows on which all differences are 0 are left out: they add nothing, and two classifiers agree on most rows.
        var differs = new byte[count];
        for (var row = 0; row < count; row++)
        {
            differs[row] = rows.AsSpan(row * stride, stride).ContainsAnyExcept(0) ? (byte)1 : (byte)0;
        }

        var drawn = new int[count];
        for (var resample = 0; resample < Resamples; resample++)
        {
            var kept = drawn.AsSpan(0, Draw(generator, drawn, differs));
            for (var lane = 0; lane < stride; lane += lanes)
            {
                var sum = Sum(rows, kept, stride, lane);
                for (var column = lane; column < Math.Min(lane + lanes, block.Length); column++)
                {
                    statistics[column][resample] += weight * sum[column - lane] / count;
                }
            }
        }
    }

    /// <summary>Returns the sums of neighbouring columns over the rows drawn. It adds in two chains, because their additions overlap in
    /// the processor.</summary>
    private static Vector<double> Sum(double[] rows, ReadOnlySpan<int> drawn, int stride, int lane)
    {
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        ref var first = ref rows[lane];
        var i = 0;
        for (; i + 1 < drawn.Length; i += 2)
        {
            even += Vector.LoadUnsafe(ref first, (nuint)(drawn[i] * stride));
            odd += Vector.LoadUnsafe(ref first, (nuint)(drawn[i + 1] * stride));
        }

        return i < drawn.Length ? even + odd + Vector.LoadUnsafe(ref first, (nuint)(drawn[i] * stride)) : even + odd;
    }

    /// <summary>Returns the columns of a block side by side in one array, [row, stride], with zeros in the spare columns.</summary>
    private static double[] Interleave(double[][] block, int stride)
    {
        var rows = new double[block[0].Length * stride];
        for (var column = 0; column < block.Length; column++)
        {
            for (var row = 0; row < block[column].Length; row++)
            {
                rows[row * stride + column] = block[column][row];
            }
        }

        return rows;
    }

    /// <summary>Draws as many rows as there are, with replacement, two from each 64 bits by multiply and shift, whose bias is below
    /// rows / 2³². The loop has no branch, because the processor could not predict it.</summary>
    /// <param name="generator">The source of random bits.</param>
    /// <param name="kept">Receives the drawn rows that count, in the order of the draw; as long as <paramref name="counts"/>.</param>
    /// <param name="counts">A flag for each row, [rows]: 1 for rows to keep, 0 for rows to leave out.</param>
    /// <returns>The number of rows kept.</returns>
    private static int Draw(SplitMix64 generator, Span<int> kept, ReadOnlySpan<byte> counts)
    {
        var rows = (ulong)counts.Length;
        var length = 0;
        for (var i = 0; i < counts.Length; i += 2)
        {
            var bits = generator.Next();
            var row = (int)(((bits >> 32) * rows) >> 32);
            kept[length] = row;
            length += counts[row];
            if (i + 1 < counts.Length)
            {
                row = (int)(((bits & uint.MaxValue) * rows) >> 32);
                kept[length] = row;
                length += counts[row];
            }
        }

        return length;
    }
}
