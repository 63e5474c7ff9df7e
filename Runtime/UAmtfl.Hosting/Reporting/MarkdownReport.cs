using System.Text;
using System.Text.RegularExpressions;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Writes a report as Markdown (GitHub's dialect) that embeds the charts in the folder <c>charts/</c> beside it.</summary>
public static partial class MarkdownReport
{
    /// <summary>Returns a report as Markdown text, whose lines end in \n.</summary>
    /// <param name="report">The report.</param>
    public static string Text(Report report)
    {
        var text = new StringBuilder($"# {Escape(report.Experiment)}\n\n{Escape(report.Title)}\n");
        foreach (var section in ReportSections.Of(report))
        {
            text.Append($"\n## {section.Heading}\n");
            foreach (var table in section.Tables)
            {
                Append(text, table);
            }

            text.Append('\n');
            foreach (var line in section.Lines)
            {
                text.Append($"- {Escape(line)}\n");
            }

            foreach (var chart in section.Charts)
            {
                text.Append($"\n![{Escape(chart.Caption)}](charts/{chart.File})\n");
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Table table)
    {
        text.Append("\n| ").AppendJoin(" | ", table.Columns.Select(Escape)).Append(" |\n|");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            text.Append(i < table.TextColumns ? "---|" : "--:|");
        }

        text.Append('\n');
        foreach (var row in table.Rows)
        {
            var cells = row.Cells.Count == 1
                ? row.Cells.Select(c => $"*{Escape(c.Text)}*").Concat(Enumerable.Repeat("", table.Columns.Count - 1))
                : row.Cells.Select(Render);
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
    }

    private static string Render(Cell cell) => cell.IsBold ? $"**{Escape(cell.Text)}**" : Escape(cell.Text);

    /// <summary>Matches underscores that must be escaped. An underscore inside a word is not mark-up, but one beside a sign, as in ‖W‖_*,
    /// may be.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])")]
    private static partial Regex LooseUnderscore { get; }

    private static string Escape(string text) => LooseUnderscore.Replace(
        text.Replace("\\", "\\\\").Replace("|", "\\|").Replace("*", "\\*").Replace("<", "&lt;").Replace("[", "\\[").Replace("\n", " "),
        @"\_");
}
