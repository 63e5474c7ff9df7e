using System.Text;

namespace UAmtfl.Data;

/// <summary>How a table is written as text. The defaults read what R, pandas, Excel and databases write unless they are told
/// otherwise.</summary>
public sealed record CsvOptions
{
    /// <summary>The ASCII character between fields, by default a comma. Quotes have no meaning if it is a tab.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>What marks a missing value in a column that is read as numbers, beside an empty field and one of blanks: <c>NA</c> (R),
    /// <c>NaN</c> and <c>nan</c> (NumPy, pandas) by default. Others must be named, because they might be mistakes: <c>Missing = ["NA",
    /// "?", "."]</c>. Letters in upper and lower case differ; a marker may be a number, such as −999.</summary>
    public IReadOnlyList<string> Missing { get; init; } = ["NA", "NaN", "nan"];

    /// <summary>The encoding of a file without a byte-order mark; a file with one is read by it, as UTF-8, UTF-16 or UTF-32. UTF-8 by
    /// default.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>The largest size in bytes, packed and unpacked (<see cref="DataFile.Read"/>).</summary>
    public long Limit { get; init; } = DataFile.Limit;
}
