using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Means and deviations of columns, without their missing values. They are summed row by row in float64, so that the same rows
/// give the same bits on every platform.</summary>
internal sealed class ColumnMoments
{
    private readonly double[] values;

    /// <summary>Copies the columns of some rows and computes their means.</summary>
    /// <param name="rows">[N, …], or [N] for one column; NaN where a value is missing.</param>
    public ColumnMoments(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var scope = NewDisposeScope();
        Count = Width(rows);
        values = rows.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        var (sums, counts) = (new double[Count], new int[Count]);
        ForEach((column, value) =>
        {
            sums[column] += value;
            counts[column]++;
        });
        Means = [.. sums.Zip(counts, (sum, count) => sum / Math.Max(1, count))];
    }

    /// <summary>M, the number of columns.</summary>
    public int Count { get; }

    /// <summary>[M], the mean of each column; 0 for a column without a value.</summary>
    public double[] Means { get; }

    /// <summary>The number of columns of samples: the entries of one.</summary>
    /// <param name="rows">[N, …]</param>
    public static int Width(Tensor rows) => (int)rows.shape.Skip(1).Aggregate(1L, (product, size) => product * size);

    /// <summary>[M], the standard deviation of each column; 0 for a column without a value.</summary>
    /// <param name="unbiased">True to divide the squares by one less than their number.</param>
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

    /// <summary>[M], whether each column has no values but 0 and 1.</summary>
    public bool[] AreFlags()
    {
        var flags = Enumerable.Repeat(true, Count).ToArray();
        ForEach((column, value) => flags[column] &= value is 0 or 1);
        return flags;
    }

    private void ForEach(Action<int, double> use)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                use(i % Count, values[i]);
            }
        }
    }
}
