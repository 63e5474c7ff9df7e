using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Computes means and deviations of columns, without their missing values. Sums are made row by row in float64, so that the same
/// rows give the same bits on every platform.</summary>
internal sealed class ColumnMoments
{
    /// <summary>The number of values that are converted to float64 at once.</summary>
    private const int Chunk = 1 << 20;

    private readonly Tensor rows;

    /// <summary>Computes the means of the columns of some rows.</summary>
    /// <param name="rows">The rows [N, …], or [N] for one column, with NaN for a missing value.</param>
    public ColumnMoments(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (this.rows, Count) = (rows, Width(rows));
        var (sums, counts) = (new double[Count], new int[Count]);
        ForEach((column, value) =>
        {
            sums[column] += value;
            counts[column]++;
        });
        Counts = counts;
        Means = [.. sums.Zip(counts, (sum, count) => sum / Math.Max(1, count))];
    }

    /// <summary>The number of columns M.</summary>
    public int Count { get; }

    /// <summary>The number of values of each column, [M].</summary>
    public int[] Counts { get; }

    /// <summary>The mean of each column, [M]; 0 for a column without a value.</summary>
    public double[] Means { get; }

    /// <summary>Returns the number of columns of samples, which is the number of entries of one sample.</summary>
    /// <param name="rows">The samples [N, …].</param>
    public static int Width(Tensor rows) => (int)rows.shape.Skip(1).Aggregate(1L, (product, size) => product * size);

    /// <summary>Returns the standard deviation of each column, [M]; 0 for a column without a value.</summary>
    /// <param name="unbiased">True to divide the sum of squares by one less than the number of values.</param>
    public double[] Deviations(bool unbiased)
    {
        var (squares, counts) = (new double[Count], new int[Count]);
        ForEach((column, value) =>
        {
            squares[column] += Math.Pow(value - Means[column], 2);
            counts[column]++;
        });
        return [.. squares.Zip(counts, (sum, count) => Math.Sqrt(sum / Math.Max(1, unbiased ? count - 1 : count)))];
    }

    /// <summary>Returns for each column, [M], whether all its values are 0 or 1.</summary>
    public bool[] AreFlags()
    {
        var flags = Enumerable.Repeat(true, Count).ToArray();
        ForEach((column, value) => flags[column] &= value is 0 or 1);
        return flags;
    }

    private void ForEach(Action<int, double> use)
    {
        // The rows are converted piece by piece, because a copy of a large table in float64 would take twice its memory.
        var step = Math.Max(1, Chunk / Math.Max(1, Count));
        for (var first = 0L; first < rows.shape[0]; first += step)
        {
            using var scope = NewDisposeScope();
            var part = rows.detach().narrow(0, first, Math.Min(step, rows.shape[0] - first)).to(ScalarType.Float64).cpu().contiguous();
            var column = 0;
            foreach (var value in MemoryMarshal.Cast<byte, double>(part.bytes))
            {
                if (!double.IsNaN(value))
                {
                    use(column, value);
                }

                column = column + 1 == Count ? 0 : column + 1;
            }

            GC.KeepAlive(part);
        }
    }
}
