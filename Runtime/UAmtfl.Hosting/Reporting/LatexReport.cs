using System.Globalization;
using System.Text;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Writes the main table of a report and that of its tasks as LaTeX, for a document that uses the package booktabs. The numbers
/// and the emphasis are those of <see cref="MarkdownReport"/>.</summary>
public static class LatexReport
{
    /// <summary>The number of characters of a table that fit beside each other on a page of the class article.</summary>
    private const int Page = 90;

    /// <summary>Returns the tables of a report as LaTeX, whose lines end in \n. A table that is wider than a page is split into blocks of
    /// columns, one below the other.</summary>
    /// <param name="report">The report.</param>
    /// <param name="dataset">The name of the data set, for the captions.</param>
    public static string Text(Report report, string dataset)
    {
        ArgumentNullException.ThrowIfNull(report);
        var formats = new Formats(report);
        var listed = Formats.Listed([.. report.Seeds.Select(s => s.ToString(CultureInfo.InvariantCulture))]);
        var seeds = $"Data set {dataset}, {(report.Seeds.Count == 1 ? "seed" : "seeds")} {listed}.";
        var tasks = TaskSection.Of(report, formats);
        var text = new StringBuilder("% The preamble needs \\usepackage{booktabs}.\n");
        Append(
            text,
            report.Experiment,
            [$"{report.Title.TrimEnd('.')}.", seeds, .. OverviewSection.Legend(report, formats)],
            [OverviewSection.Main(report, formats, composition: false)]);
        text.Append('\n');
        Append(
            text,
            $"{report.Experiment}-tasks",
            [$"The tasks of {report.Experiment}.", seeds, .. tasks.Lines.Select(Formats.Capital)],
            tasks.Tables);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, IEnumerable<string> caption, IEnumerable<Table> tables)
    {
        var label = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        var sentences = string.Join("\n    ", TableBlocks.Lines(LatexText.Of(string.Join(' ', caption)), Page));
        text.Append($"\\begin{{table}}\n  \\centering\n  \\footnotesize\n  \\setlength{{\\tabcolsep}}{{4pt}}\n")
            .Append($"  \\caption{{{sentences}}}\n  \\label{{tab:{label}}}\n");
        var blocks = tables.SelectMany(t => TableBlocks.Of(t, Page)).ToList();
        for (var i = 0; i < blocks.Count; i++)
        {
            text.Append(i == 0 ? "" : "\n  \\medskip\n");
            Append(text, blocks[i]);
        }

        text.Append("\\end{table}\n");
    }

    private static void Append(StringBuilder text, Table table)
    {
        var numbers = table.Columns.Count - table.TextColumns;
        text.Append($"  \\begin{{tabular}}{{{new string('l', table.TextColumns)}{new string('r', numbers)}}}\n    \\toprule\n");
        Append(text, table.Columns.Select((_, c) => Heading(table, c)));
        text.Append("    \\midrule\n");
        foreach (var (i, row) in table.Rows.Index())
        {
            if (row.Cells.Count > 1)
            {
                Append(text, row.Cells.Select(Render));
                continue;
            }

            text.Append(i == 0 ? "" : "    \\midrule\n")
                .Append($"    \\multicolumn{{{table.Columns.Count}}}{{l}}{{\\emph{{{LatexText.Of(row.Cells[0].Text)}}}}} \\\\\n");
        }

        text.Append("    \\bottomrule\n  \\end{tabular}\n");
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells)
    {
        var line = string.Join(" & ", cells);

        // At the start of a row, a bracket or a star would be read as an option of the \\ before it.
        text.Append("    ").Append(line.StartsWith('[') || line.StartsWith('*') ? "{}" : "").Append(line).Append(" \\\\\n");
    }

    /// <summary>Returns the heading of a column, in lines above each other if the table would be too wide.</summary>
    private static string Heading(Table table, int column)
    {
        var lines = TableBlocks.Heading(table, column, Page).Split('\n').Select(LatexText.Of).ToList();
        return lines.Count == 1 ? lines[0] : $"\\shortstack[{(column < table.TextColumns ? 'l' : 'r')}]{{{string.Join(@"\\{}", lines)}}}";
    }

    private static string Render(Cell cell) => cell.IsBold ? $"\\textbf{{{LatexText.Of(cell.Text)}}}" : LatexText.Of(cell.Text);
}
