using System.Buffers;

namespace UAmtfl.Data;

/// <summary>Finds the fields in the text of a table.</summary>
internal sealed class CsvFields
{
    private const byte Quote = (byte)'"', NewLine = (byte)'\n', Return = (byte)'\r';

    private readonly string source;
    private readonly ReadOnlyMemory<byte> text;
    private readonly byte separator;
    private readonly bool quoting;
    private readonly SearchValues<byte> ends;
    private readonly List<int> starts = [], lengths = [], lines = [];

    /// <summary>The number of fields in the line with the names, including unnamed ones at its end.</summary>
    private int headerWidth;

    private CsvFields(string source, ReadOnlyMemory<byte> text, byte separator)
    {
        (this.source, this.text, this.separator) = (source, text, separator);
        quoting = separator != (byte)'\t';
        ends = SearchValues.Create(quoting ? [separator, NewLine, Return, Quote] : [separator, NewLine, Return]);
    }

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
        if (text.IsEmpty)
        {
            throw new DataException($"{source}: the file is empty, expected a line with the names of columns: fetch it again");
        }

        var table = new CsvFields(source, text, separator);
        var (position, line) = (0, 1);
        do
        {
            table.lines.Add(line);
            var first = table.starts.Count;
            while (table.TakeField(ref position, ref line))
            {
            }

            table.EndRow(first);
        }
        while (position < text.Length);
        return table;
    }

    /// <summary>Returns the line of the file in which a row begins; row −1 is the one with the names.</summary>
    public int Line(int row) => lines[row + 1];

    /// <summary>Reads a field without its quotes; row −1 is the one with the names.</summary>
    public ReadOnlySpan<byte> Plain(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return Plain(((row + 1) * Width) + column);
    }

    /// <summary>Reads a field without the blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) => field.Trim(" \t"u8);

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

    private ReadOnlySpan<byte> Plain(int index)
    {
        var field = text.Span.Slice(starts[index], lengths[index]);
        if (!quoting || field is not [Quote, .. var inner, Quote])
        {
            return field;
        }

        return inner.Contains(Quote) ? Undouble(inner) : inner;
    }

    /// <summary>Compares the width of a row with that of the first. Empty fields without a name at the end of a line are dropped, because
    /// spreadsheets leave them.</summary>
    private void EndRow(int first)
    {
        var found = starts.Count - first;
        var least = Width == 0 ? 1 : Width;
        headerWidth = Width == 0 ? found : headerWidth;
        while (starts.Count - first > least && Trim(Plain(starts.Count - 1)).IsEmpty)
        {
            starts.RemoveAt(starts.Count - 1);
            lengths.RemoveAt(lengths.Count - 1);
        }

        var width = starts.Count - first;
        if (Width == 0 || width == Width)
        {
            Width = width;
            return;
        }

        if (width > Width && width <= headerWidth)
        {
            throw new DataException(
                $"{source}: line {lines[^1]}, field {width}: a value in a column without a name: name the column in line {lines[0]}, or " +
                "remove it");
        }

        throw new DataException(
            $"{source}: line {lines[^1]} has {found} field{(found == 1 ? "" : "s")}, expected {Width} as in line {lines[0]}: mend the " +
            "line, or fetch the file again if it is truncated");
    }

    /// <summary>Moves past a field and past the separator or line end after it.</summary>
    /// <returns>True if the line has another field.</returns>
    private bool TakeField(ref int position, ref int line)
    {
        var start = position;
        var content = text.Span;
        var end = quoting && position < content.Length && content[position] == Quote ? AfterQuotes(position, ref line) : position;
        var rest = content[end..];
        var length = rest.IndexOfAny(ends);
        length = length < 0 ? rest.Length : length;
        if ((length < rest.Length && quoting && rest[length] == Quote) || (end > start && length > 0))
        {
            throw new DataException(
                $"{source}: line {line}, field {starts.Count - ((lines.Count - 1) * Width) + 1}: a quote inside the field: quote the " +
                "whole field and double the quotes in it");
        }

        starts.Add(start);
        lengths.Add(end - start + length);
        position = end + length;
        if (position == content.Length)
        {
            return false;
        }

        var more = content[position] == separator;
        if (!more)
        {
            line++;
            position += content[position..].StartsWith("\r\n"u8) ? 1 : 0;
        }

        position++;
        return more;
    }

    /// <summary>Returns the position after a quoted field.</summary>
    private int AfterQuotes(int position, ref int line)
    {
        var opened = line;
        var content = text.Span;
        for (var i = position + 1; i < content.Length; i++)
        {
            if (content[i] == NewLine || (content[i] == Return && !content[i..].StartsWith("\r\n"u8)))
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

        throw new DataException(
            $"{source}: the quote opened in line {opened} is never closed: close it, or fetch the file again if it is truncated");
    }
}
