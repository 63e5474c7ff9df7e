using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Subtracts from each column its mean over the training rows. A squared error of labels is the same before and after.</summary>
public sealed record Centre : ITransform
{
    /// <inheritdoc/>
    public IFittedTransform Fit(Tensor rows)
    {
        var moments = new ColumnMoments(rows);
        return new ColumnScale(moments.Means, [.. Enumerable.Repeat(1.0, moments.Count)]);
    }
}

/// <summary>Subtracts from each column its mean over the training rows, and divides it by its standard deviation over them. A column that
/// is constant over them is only centred.</summary>
public sealed record Standardise : ITransform
{
    /// <summary>The smallest number by which a column is divided, at least 0, in the unit of the column. Without it a feature that is
    /// nearly always the same in the training rows would be huge in a test row in which it is not.</summary>
    public double LeastDeviation { get; init; }

    /// <summary>True to divide the sum of squares by N − 1 for the deviation; false, the default, to divide it by N.</summary>
    public bool Unbiased { get; init; }

    /// <summary>True to only centre columns with no values but 0 and 1, because a rare category would otherwise outweigh all
    /// others.</summary>
    public bool KeepFlags { get; init; }

    /// <inheritdoc/>
    public IFittedTransform Fit(Tensor rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LeastDeviation);
        var moments = new ColumnMoments(rows);
        var flags = KeepFlags ? moments.AreFlags() : new bool[moments.Count];
        var scales = moments.Deviations(Unbiased).Select((deviation, column) => flags[column] ? 1 : Divisor(deviation));
        return new ColumnScale(moments.Means, [.. scales]);
    }

    private double Divisor(double deviation) => Math.Max(LeastDeviation, deviation) is > 0 and var divisor ? divisor : 1;
}
