using System.Text;
using Microsoft.CodeAnalysis.Text;
using UAmtfl.Data;
using UAmtfl.Data.Tables;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>What a table says of its columns while the project is compiled, decided by the same code as when the program reads
/// it.</summary>
internal sealed class TableSchema
{
    /// <summary>The number of characters that are read. A larger table is read in part, so that a build does not wait for it.</summary>
    private const int MostCharacters = 1 << 22;

    /// <summary>The number of different values of a column that are kept, and one more if there are more.</summary>
    public const int MostValues = 1000;

    private TableSchema(string? problem, IReadOnlyList<ColumnFacts> columns, bool complete) =>
        (Problem, Columns, IsComplete) = (problem, columns, complete);

    /// <summary>Why the file is no table, from its name on; null if it is one.</summary>
    public string? Problem { get; }

    /// <summary>The columns; empty if the file is no table.</summary>
    public IReadOnlyList<ColumnFacts> Columns { get; }

    /// <summary>True if the whole table was read, so that a value that was not found is in no row.</summary>
    public bool IsComplete { get; }

    /// <summary>Reads a table.</summary>
    public static TableSchema Read(string path, SourceText text, TableFormatModel format, CancellationToken cancellation)
    {
        var name = path.Substring(path.LastIndexOf('/') + 1);
        var complete = text.Length <= MostCharacters;
        var content = text.ToString(new TextSpan(0, Math.Min(text.Length, MostCharacters)));
        if (!complete)
        {
            content = content.Substring(0, Math.Max(0, content.LastIndexOf('\n')));
        }

        var bytes = Encoding.UTF8.GetBytes(content.TrimStart('\uFEFF').TrimEnd('\n', '\r', ' ', '\u001A'));
        var tabs = name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tab", StringComparison.OrdinalIgnoreCase);
        var separator = format.Separator != '\0' ? (byte)format.Separator : tabs ? (byte)'\t' : (byte)',';
        var rules = new FieldRules(format.Markers ?? (IEnumerable<string>)FieldRules.DefaultMarkers, format.DecimalComma);
        try
        {
            return new(null, ReadColumns(new CsvRows(name, bytes, separator), rules, cancellation), complete);
        }
        catch (CsvFormatException wrong)
        {
            return new(wrong.Message, [], complete);
        }
    }

    private static List<ColumnFacts> ReadColumns(CsvRows rows, FieldRules rules, CancellationToken cancellation)
    {
        rows.Read();
        var columns = Enumerable.Range(0, rows.Width).Select(c => new Column(Text(rows.Plain(c)))).ToArray();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            for (var c = 0; c < columns.Length; c++)
            {
                columns[c].Add(rows.Value(c), rules, rows.Line);
            }
        }

        return [.. columns.Select(c => c.Facts)];
    }

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(CsvRows.Trim(field).ToArray());

    /// <summary>A column while it is read.</summary>
    private sealed class Column(string name)
    {
        private readonly ColumnTally tally = new(name);
        private readonly SortedSet<string> texts = new(StringComparer.Ordinal);
        private readonly SortedSet<double> numbers = [];

        public ColumnFacts Facts => new(tally, [.. texts], [.. numbers]);

        public void Add(ReadOnlySpan<byte> field, FieldRules rules, int line)
        {
            var missing = tally.Missing;
            var number = tally.Add(field, rules, line);
            if (tally.Missing == missing && texts.Count <= MostValues)
            {
                texts.Add(Text(field));
            }

            if (!double.IsNaN(number) && numbers.Count <= MostValues)
            {
                numbers.Add(number);
            }
        }
    }
}
