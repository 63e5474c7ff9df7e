namespace UAmtfl.Data;

/// <summary>Reads the rows of a table in a text (RFC 4180), one after the other, whose lines end with LF, CR LF or CR. The generator
/// compiles this file too, so that it and the program agree on what a row is.</summary>
/// <param name="source">The path, for messages.</param>
/// <param name="text">UTF-8, without a byte-order mark and without empty lines at the end.</param>
/// <param name="separator">The character between fields. If it is a tab, quotes have no meaning.</param>
internal sealed class CsvRows(string source, ReadOnlyMemory<byte> text, byte separator)
{
    private const byte Quote = (byte)'"', NewLine = (byte)'\n', Return = (byte)'\r';

    private readonly bool quoting = separator != (byte)'\t';
    private int[] starts = new int[16], lengths = new int[16];
    private int position, count, next = 1, headerWidth, headerLine;
    private bool begun;

    /// <summary>The number of columns, without empty and unnamed ones at the end; 0 before the first row.</summary>
    public int Width { get; private set; }

    /// <summary>The line, from 1, in which the row begins.</summary>
    public int Line { get; private set; }

    /// <summary>Moves to the next row. The first is the one with the names of columns.</summary>
    /// <returns>False if there is none.</returns>
    /// <exception cref="CsvFormatException">The text is empty, the row has another width than the first, or a quote is in a place where it
    /// is not allowed.</exception>
    public bool Read()
    {
        if (text.IsEmpty)
        {
            throw new CsvFormatException($"{source}: the file is empty, expected a line with the names of columns: fetch it again");
        }

        if (begun && position >= text.Length)
        {
            return false;
        }

        (begun, count, Line) = (true, 0, next);
        var content = text.Span;
        while (TakeField(content))
        {
        }

        EndRow();
        return true;
    }

    /// <summary>Returns the place of a field of the row in the text, with its quotes.</summary>
    /// <param name="column">The column, from 0.</param>
    public (int Start, int Length) Place(int column) => (starts[column], lengths[column]);

    /// <summary>Returns a field of the row without its quotes.</summary>
    /// <param name="column">The column, from 0.</param>
    public ReadOnlySpan<byte> Plain(int column) => Plain(text.Span.Slice(starts[column], lengths[column]), quoting);

    /// <summary>Returns a field of the row without its quotes and without the blanks around it.</summary>
    /// <param name="column">The column, from 0.</param>
    public ReadOnlySpan<byte> Value(int column)
    {
        var field = text.Span.Slice(starts[column], lengths[column]);

        // Most fields have neither, and a large table has very many.
        return field.IsEmpty || (field[0] > Quote && field[field.Length - 1] > Quote) ? field : Trim(Plain(field, quoting));
    }

    /// <summary>Returns a field without its quotes.</summary>
    /// <param name="field">The field as it is written.</param>
    /// <param name="quoting">True if quotes have a meaning.</param>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> field, bool quoting)
    {
        if (!quoting || field.Length < 2 || field[0] != Quote || field[field.Length - 1] != Quote)
        {
            return field;
        }

        var inner = field.Slice(1, field.Length - 2);
        return inner.IndexOf(Quote) < 0 ? inner : Undouble(inner);
    }

    /// <summary>Returns a field without the blanks around it.</summary>
    /// <param name="field">The field.</param>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field)
    {
        var (start, end) = (0, field.Length);
        while (start < end && field[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        while (end > start && field[end - 1] is (byte)' ' or (byte)'\t')
        {
            end--;
        }

        return field.Slice(start, end - start);
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

    /// <summary>Compares the width of a row with that of the first. Empty fields without a name at the end of a line are dropped, because
    /// spreadsheets leave them.</summary>
    private void EndRow()
    {
        var found = count;
        var least = Width == 0 ? 1 : Width;
        if (Width == 0)
        {
            (headerWidth, headerLine) = (found, Line);
        }

        while (count > least && Trim(Plain(count - 1)).IsEmpty)
        {
            count--;
        }

        if (Width == 0 || count == Width)
        {
            Width = count;
            return;
        }

        if (count > Width && count <= headerWidth)
        {
            throw new CsvFormatException(
                $"{source}: line {Line}, field {count}: a value in a column without a name: name the column in line {headerLine}, or " +
                "remove it");
        }

        throw new CsvFormatException(
            $"{source}: line {Line} has {found} field{(found == 1 ? "" : "s")}, expected {Width} as in line {headerLine}: mend the " +
            "line, or fetch the file again if it is truncated");
    }

    /// <summary>Moves past a field and past the separator or line end after it.</summary>
    /// <returns>True if the line has another field.</returns>
    private bool TakeField(ReadOnlySpan<byte> content)
    {
        var start = position;
        var end = quoting && start < content.Length && content[start] == Quote ? AfterQuotes(content) : start;
        var stop = end;
        while (stop < content.Length
            && content[stop] is var c && c != separator && c != NewLine && c != Return && (c != Quote || !quoting))
        {
            stop++;
        }

        if ((stop < content.Length && quoting && content[stop] == Quote) || (end > start && stop > end))
        {
            throw new CsvFormatException(
                $"{source}: line {next}, field {count + 1}: a quote inside the field: quote the whole field and double the quotes in it");
        }

        if (count == starts.Length)
        {
            Array.Resize(ref starts, 2 * count);
            Array.Resize(ref lengths, 2 * count);
        }

        (starts[count], lengths[count]) = (start, stop - start);
        count++;
        position = stop;
        if (stop == content.Length)
        {
            return false;
        }

        var more = content[stop] == separator;
        if (!more)
        {
            next++;
            position += content[stop] == Return && stop + 1 < content.Length && content[stop + 1] == NewLine ? 1 : 0;
        }

        position++;
        return more;
    }

    /// <summary>Returns the position after a quoted field, and counts the lines in it.</summary>
    private int AfterQuotes(ReadOnlySpan<byte> content)
    {
        var opened = next;
        for (var i = position + 1; i < content.Length; i++)
        {
            if (content[i] == NewLine || (content[i] == Return && (i + 1 == content.Length || content[i + 1] != NewLine)))
            {
                next++;
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

        throw new CsvFormatException(
            $"{source}: the quote opened in line {opened} is never closed: close it, or fetch the file again if it is truncated");
    }
}
