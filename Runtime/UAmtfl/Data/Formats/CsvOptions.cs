using System.Text;

namespace UAmtfl.Data;

/// <summary>The way in which a table is written as text. The defaults fit what R, pandas, Excel and databases write unless they are told
/// otherwise.</summary>
public sealed record CsvOptions
{
    /// <summary>The ASCII character between fields, by default a comma. Quotes have no meaning if it is a tab.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>The markers of a missing value in a column of numbers, in addition to empty and blank fields: by default <c>NA</c> (R),
    /// <c>NaN</c> and <c>nan</c> (NumPy, pandas). Others must be listed, because they might be mistakes: <c>Missing = ["NA", "?",
    /// "."]</c>. Upper and lower case differ; a marker may be a number, such as −999.</summary>
    public IReadOnlyList<string> Missing { get; init; } = ["NA", "NaN", "nan"];

    /// <summary>The encoding of a file without a byte-order mark, by default UTF-8. A file with a mark is read as UTF-8, UTF-16 or UTF-32
    /// accordingly.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>The largest size in bytes, packed and unpacked (<see cref="DataFile.Read"/>).</summary>
    public long Limit { get; init; } = DataFile.Limit;
}
