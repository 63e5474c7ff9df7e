using System.Text;

namespace UAmtfl.Data.Tables;

/// <summary>Reads the columns of a table from text. Numbers go straight into arrays of float32, and a column that turns out to be text is
/// read again, so that a table takes little more memory than its file and its numbers.</summary>
internal sealed class CsvTable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly TableFormat format;
    private readonly FieldRules rules;
    private readonly List<(string Path, ReadOnlyMemory<byte> Text)> files;
    private readonly List<(string Path, int First)> firsts = [];
    private readonly int[] lines;
    private List<TableColumn> columns = [];
    private ColumnUse[] uses = [];
    private int rows;

    private CsvTable(IReadOnlyList<string> paths, TableFormat format)
    {
        (this.format, rules) = (format, format.Rules);
        files = [.. paths.Select(path => (path, CsvText.Read(path, Array.MaxLength, Encoding.UTF8)))];
        lines = new int[files.Sum(f => f.Text.Span.Count((byte)'\n') + f.Text.Span.Count((byte)'\r') + 1)];
    }

    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, of which the first says the order of the columns.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="choose">Chooses by the names of the columns what is kept of each.</param>
    /// <exception cref="DataException">A file is missing or damaged, or has other columns than the first.</exception>
    public static TableData Read(
        IReadOnlyList<string> paths, TableFormat format, Func<IReadOnlyList<string>, IReadOnlyList<ColumnUse>> choose)
    {
        var table = new CsvTable(paths, format);
        try
        {
            foreach (var (path, text) in table.files)
            {
                table.ReadValues(path, text, choose);
            }

            table.ReadTexts();
        }
        catch (CsvFormatException wrong)
        {
            throw new DataException(wrong.Message, wrong);
        }

        return new(table.columns, table.firsts, table.lines, table.rows);
    }

    private void ReadValues(string path, ReadOnlyMemory<byte> text, Func<IReadOnlyList<string>, IReadOnlyList<ColumnUse>> choose)
    {
        var (reader, places) = Begin(path, text, choose);
        var kept = uses.Index().Where(u => u.Item != ColumnUse.None).Select(u => (columns[u.Index], places[u.Index])).ToArray();
        firsts.Add((path, rows));
        while (reader.Read())
        {
            lines[rows] = reader.Line;
            foreach (var (column, place) in kept)
            {
                var value = column.Tally.Add(reader.Value(place), rules, reader.Line);
                if (column.Numbers is { } numbers)
                {
                    numbers[rows] = (float)value;
                    if (float.IsInfinity(numbers[rows]))
                    {
                        throw new DataException(
                            $"{path}: line {reader.Line}, column '{column.Tally.Name}': the number is too large for float32: rescale it");
                    }
                }
            }

            rows++;
        }

        if (rows == firsts[^1].First)
        {
            throw new DataException($"{path}: the table has no row below the names of its columns: fetch it again");
        }

        foreach (var column in columns.Where(c => c.Tally.Kind == ColumnKind.Text))
        {
            column.Numbers = null;
        }
    }

    /// <summary>Reads the line with the names of columns.</summary>
    /// <returns>The reader, and for each column of the table its place in the file.</returns>
    private (CsvRows Reader, int[] Places) Begin(
        string path, ReadOnlyMemory<byte> text, Func<IReadOnlyList<string>, IReadOnlyList<ColumnUse>> choose)
    {
        var reader = new CsvRows(path, text, format.SeparatorOf(path));
        reader.Read();
        string[] names = [.. Enumerable.Range(0, reader.Width).Select(c => Decode(path, 1, $"{c + 1}", reader.Value(c)))];
        var found = CheckNames(path, names);
        if (columns.Count == 0)
        {
            columns = [.. names.Select(n => new TableColumn(n))];
            uses = [.. choose(names)];
            foreach (var (column, _) in columns.Zip(uses).Where(c => c.Second.HasFlag(ColumnUse.Values)))
            {
                column.Numbers = new float[lines.Length];
            }

            return (reader, [.. Enumerable.Range(0, names.Length)]);
        }

        int[] places = [.. columns.Select(c => found.TryGetValue(c.Tally.Name, out var place) ? place : -1)];
        for (var c = 0; c < places.Length; c++)
        {
            if (places[c] < 0 && uses[c] != ColumnUse.None)
            {
                throw new DataException($"{path}: there is no column '{columns[c].Tally.Name}', which {files[0].Path} has: add it");
            }
        }

        return (reader, places);
    }

    private Dictionary<string, int> CheckNames(string path, string[] names)
    {
        var separator = (char)format.SeparatorOf(path);
        if (names.Length == 1 && Array.Find([',', ';', '\t', '|'], c => c != separator && names[0].Contains(c)) is var other and not '\0')
        {
            throw new DataException(
                $"{path}: line 1 has one column, '{(names[0].Length > 40 ? names[0][..40] + "…" : names[0])}': write Separator = "
                    + $"'{(other == '\t' ? "\\t" : other)}' if that character is between fields");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, name) in names.Index())
        {
            if (!seen.TryAdd(name, place))
            {
                throw new DataException(name.Length == 0
                    ? $"{path}: line 1: columns {seen[name] + 1} and {place + 1} have no name: name one"
                    : $"{path}: line 1: columns {seen[name] + 1} and {place + 1} are both named '{name}': rename one");
            }
        }

        return seen;
    }

    /// <summary>Reads the columns again that are kept as texts.</summary>
    private void ReadTexts()
    {
        int[] wanted = [.. Enumerable.Range(0, uses.Length).Where(c => uses[c].HasFlag(ColumnUse.Texts)
            || (uses[c] != ColumnUse.None && columns[c].Tally.Kind == ColumnKind.Text))];
        if (wanted.Length == 0)
        {
            return;
        }

        var known = Array.ConvertAll(wanted, c =>
        {
            columns[c].Codes = new int[rows];
            return new Dictionary<string, int>(StringComparer.Ordinal);
        });
        var row = 0;
        foreach (var (path, text) in files)
        {
            var (reader, places) = Begin(path, text, _ => uses);
            while (reader.Read())
            {
                for (var i = 0; i < wanted.Length; i++)
                {
                    var column = columns[wanted[i]];
                    var field = reader.Value(places[wanted[i]]);
                    column.Codes![row] = rules.IsMissing(field) ? -1 : Code(known[i], path, reader.Line, column.Tally.Name, field);
                }

                row++;
            }
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            columns[wanted[i]].Sort([.. known[i].OrderBy(k => k.Value).Select(k => k.Key)]);
        }
    }

    private static int Code(Dictionary<string, int> known, string path, int line, string column, ReadOnlySpan<byte> field)
    {
        Span<char> characters = field.Length <= 256 ? stackalloc char[256] : new char[field.Length];
        int length;
        try
        {
            length = Strict.GetChars(field, characters);
        }
        catch (DecoderFallbackException error)
        {
            throw NotUtf8(path, line, $"'{column}'", error);
        }

        var text = characters[..length];
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(text, out var code))
        {
            code = known.Count;
            known.Add(text.ToString(), code);
        }

        return code;
    }

    private static string Decode(string path, int line, string column, ReadOnlySpan<byte> field)
    {
        try
        {
            return Strict.GetString(field);
        }
        catch (DecoderFallbackException error)
        {
            throw NotUtf8(path, line, column, error);
        }
    }

    private static DataException NotUtf8(string path, int line, string column, Exception error) =>
        new($"{path}: line {line}, column {column}: the text is not UTF-8: convert the file to UTF-8", error);
}
