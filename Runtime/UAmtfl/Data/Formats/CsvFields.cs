namespace UAmtfl.Data;

/// <summary>The places of all fields of a table in its text, so that any of them can be read.</summary>
internal sealed class CsvFields
{
    private readonly ReadOnlyMemory<byte> text;
    private readonly bool quoting;
    private readonly List<int> starts = [], lengths = [], lines = [];

    private CsvFields(ReadOnlyMemory<byte> text, bool quoting) => (this.text, this.quoting) = (text, quoting);

    /// <summary>The number of columns, without empty and unnamed ones at the end.</summary>
    public int Width { get; private set; }

    /// <summary>The number of rows below the one with the names.</summary>
    public int Rows => lines.Count - 1;

    /// <summary>Finds the fields of a text whose lines end with LF, CR LF or CR.</summary>
    /// <param name="source">The path, for messages.</param>
    /// <param name="text">UTF-8, without a byte-order mark and without empty lines at the end.</param>
    /// <param name="separator">The character between fields.</param>
    /// <exception cref="DataException">The rows have different widths, or a quote is in a place where it is not allowed.</exception>
    public static CsvFields Parse(string source, ReadOnlyMemory<byte> text, byte separator)
    {
        var table = new CsvFields(text, quoting: separator != (byte)'\t');
        var rows = new CsvRows(source, text, separator);
        try
        {
            while (rows.Read())
            {
                table.lines.Add(rows.Line);
                for (var column = 0; column < rows.Width; column++)
                {
                    var (start, length) = rows.Place(column);
                    table.starts.Add(start);
                    table.lengths.Add(length);
                }
            }
        }
        catch (CsvFormatException wrong)
        {
            throw new DataException(wrong.Message, wrong);
        }

        table.Width = rows.Width;
        return table;
    }

    /// <summary>Returns the line of the file in which a row begins; row −1 is the one with the names.</summary>
    public int Line(int row) => lines[row + 1];

    /// <summary>Reads a field without its quotes; row −1 is the one with the names.</summary>
    public ReadOnlySpan<byte> Plain(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        var field = ((row + 1) * Width) + column;
        return CsvRows.Plain(text.Span.Slice(starts[field], lengths[field]), quoting);
    }
}
