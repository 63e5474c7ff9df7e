namespace UAmtfl.Experiments.Pharmacogenomics;

/// <summary>What is subtracted from the columns of a matrix, and what they are then divided by. Taken from the training rows alone.</summary>
/// <param name="Shift">[M]</param>
/// <param name="Scale">[M], above 0.</param>
public sealed record ColumnScale(double[] Shift, double[] Scale)
{
    /// <summary>Each column's mean over the training rows, and nothing to divide by.</summary>
    /// <param name="values">[N · M], row-major; NaN where a value is missing.</param>
    /// <param name="columns">M.</param>
    /// <param name="rows">The training rows.</param>
    public static ColumnScale Centred(float[] values, int columns, int[] rows)
    {
        var (sums, counts) = (new double[columns], new int[columns]);
        foreach (var (column, value) in Present(values, columns, rows))
        {
            sums[column] += value;
            counts[column]++;
        }

        return new([.. sums.Zip(counts, (sum, count) => sum / count)], [.. Enumerable.Repeat(1.0, columns)]);
    }

    /// <summary>The same, and the standard deviation to divide by, where it is not below a floor.</summary>
    /// <param name="values">[N · M], row-major.</param>
    /// <param name="columns">M.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="floor">Above 0: what a column that hardly varies among them is divided by.</param>
    public static ColumnScale Standardised(float[] values, int columns, int[] rows, double floor)
    {
        var centred = Centred(values, columns, rows);
        var squares = new double[columns];
        foreach (var (column, value) in Present(values, columns, rows))
        {
            squares[column] += Math.Pow(value - centred.Shift[column], 2);
        }

        return centred with { Scale = [.. squares.Select(s => Math.Max(floor, Math.Sqrt(s / rows.Length)))] };
    }

    /// <summary>Some rows, shifted and scaled.</summary>
    /// <param name="values">[N · M], row-major.</param>
    /// <param name="rows">N' of the N rows.</param>
    /// <returns>[N' · M], row-major; NaN where a value is missing.</returns>
    public float[] Apply(float[] values, int[] rows)
    {
        var columns = Shift.Length;
        var scaled = new float[rows.Length * columns];
        for (var i = 0; i < scaled.Length; i++)
        {
            var column = i % columns;
            scaled[i] = (float)((values[(rows[i / columns] * columns) + column] - Shift[column]) / Scale[column]);
        }

        return scaled;
    }

    private static IEnumerable<(int Column, double Value)> Present(float[] values, int columns, int[] rows) =>
        from row in rows
        from column in Enumerable.Range(0, columns)
        let value = values[(row * columns) + column]
        where !float.IsNaN(value)
        select (column, (double)value);
}
