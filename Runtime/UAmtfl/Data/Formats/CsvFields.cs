namespace UAmtfl.Data;

/// <summary>Where in a table's bytes its fields are.</summary>
internal sealed class CsvFields
{
    private const byte Quote = (byte)'"', NewLine = (byte)'\n', Return = (byte)'\r';

    private readonly byte[] content;
    private readonly bool quoting;
    private readonly List<int> starts = [], lengths = [], lines = [];

    private CsvFields(byte[] content, bool quoting) => (this.content, this.quoting) = (content, quoting);

    /// <summary>How many columns.</summary>
    public int Width { get; private set; }

    /// <summary>How many rows below that of the names.</summary>
    public int Rows => lines.Count - 1;

    /// <summary>Finds the fields.</summary>
    /// <param name="source">The path, for messages.</param>
    /// <param name="content">The file.</param>
    /// <param name="separator">Between fields.</param>
    /// <exception cref="DataException">The rows differ in width, or a quote is not where it may be.</exception>
    public static CsvFields Parse(string source, byte[] content, byte separator)
    {
        var table = new CsvFields(content, separator != (byte)'\t');
        var position = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var line = 1;
        while (position < content.Length)
        {
            table.lines.Add(line);
            var first = table.starts.Count;
            while (table.TakeField(source, separator, ref position, ref line))
            {
            }

            var width = table.starts.Count - first;
            if (table.Width == 0)
            {
                table.Width = width;
            }
            else if (width != table.Width)
            {
                if (width == 1 && table.lengths[^1] == 0 && content.AsSpan(position).IndexOfAnyExcept(NewLine, Return) < 0)
                {
                    // Empty lines at the end.
                    table.lines.RemoveAt(table.lines.Count - 1);
                    break;
                }

                throw new DataException($"{source}: line {table.lines[^1]} has {width} field{(width == 1 ? "" : "s")}, expected {table.Width} as in line {table.lines[0]}: mend the line, or fetch the file again if it is truncated");
            }
        }

        return table.Width > 0 ? table : throw new DataException($"{source}: the file is empty, expected a line with the names of columns: fetch it again");
    }

    /// <summary>The line in which a row begins; row −1 has the names.</summary>
    public int Line(int row) => lines[row + 1];

    /// <summary>A field without its quotes; row −1 has the names.</summary>
    public ReadOnlySpan<byte> Plain(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        var index = ((row + 1) * Width) + column;
        var field = content.AsSpan(starts[index], lengths[index]);
        if (!quoting || field is not [Quote, .. var inner, Quote])
        {
            return field;
        }

        return inner.Contains(Quote) ? Undouble(inner) : inner;
    }

    private static byte[] Undouble(ReadOnlySpan<byte> inner)
    {
        var plain = new List<byte>(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            plain.Add(inner[i]);
            i += inner[i] == Quote ? 1 : 0;
        }

        return [.. plain];
    }

    /// <summary>Takes a field and what ends it.</summary>
    /// <returns>Whether the line goes on.</returns>
    private bool TakeField(string source, byte separator, ref int position, ref int line)
    {
        var start = position;
        var end = quoting && position < content.Length && content[position] == Quote ? AfterQuotes(source, position, ref line) : position;
        var rest = content.AsSpan(end);
        var length = quoting ? rest.IndexOfAny(separator, NewLine, Quote) : rest.IndexOfAny(separator, NewLine);
        length = length < 0 ? rest.Length : length;
        var last = length == rest.Length || rest[length] == NewLine;
        position = end + length + (length == rest.Length ? 0 : 1);

        // The line may end in CR LF.
        var trimmed = last && length > 0 && rest[length - 1] == Return ? length - 1 : length;
        if ((length < rest.Length && rest[length] == Quote) || (end > start && trimmed > 0))
        {
            throw new DataException($"{source}: line {line}, field {starts.Count - ((lines.Count - 1) * Width) + 1}: a quote inside the field: quote the whole field and double the quotes in it");
        }

        starts.Add(start);
        lengths.Add(end - start + trimmed);
        line += last ? 1 : 0;
        return !last;
    }

    /// <summary>Where a quoted field ends.</summary>
    private int AfterQuotes(string source, int position, ref int line)
    {
        var opened = line;
        for (var i = position + 1; i < content.Length; i++)
        {
            if (content[i] == NewLine)
            {
                line++;
            }
            else if (content[i] == Quote)
            {
                if (i + 1 == content.Length || content[i + 1] != Quote)
                {
                    return i + 1;
                }

                i++;
            }
        }

        throw new DataException($"{source}: the quote opened in line {opened} is never closed: close it, or fetch the file again if it is truncated");
    }
}
