using Spectre.Console;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Prints a report on a terminal.</summary>
public static class ConsoleReport
{
    /// <summary>The number of characters of a line that the borders of a table take.</summary>
    private const int Margin = 2;

    /// <summary>Prints a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="console">The terminal.</param>
    public static void Print(Report report, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{report.Experiment}[/]  {report.Title}");
        foreach (var section in ReportSections.Of(report))
        {
            console.WriteLine();
            Print(section, console);
        }
    }

    /// <summary>Prints a section.</summary>
    /// <param name="section">The section.</param>
    /// <param name="console">The terminal.</param>
    internal static void Print(Section section, IAnsiConsole console)
    {
        if (section.Heading != "Results")
        {
            console.MarkupLineInterpolated($"[bold]{section.Heading}[/]");
        }

        foreach (var table in section.Tables.SelectMany(t => TableBlocks.Of(t, console.Profile.Width - Margin)))
        {
            console.Write(Rendered(table, console.Profile.Width - Margin));
        }

        foreach (var line in section.Lines)
        {
            console.WriteLine(line);
        }
    }

    private static Spectre.Console.Table Rendered(Sections.Table table, int width)
    {
        var rendered = new Spectre.Console.Table().Border(TableBorder.Horizontal);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(TableBlocks.Heading(table, i, width)));
            column = i < table.TextColumns ? column : column.RightAligned();
            rendered.AddColumn(i is 0 || i >= table.TextColumns ? column.NoWrap() : column);
        }

        foreach (var row in table.Rows)
        {
            if (row.Cells.Count == 1)
            {
                rendered.AddEmptyRow();
                rendered.AddRow(new Markup($"[italic]{Markup.Escape(row.Cells[0].Text)}[/]"));
            }
            else
            {
                rendered.AddRow(row.Cells.Select(c => new Markup(Markup.Escape(c.Text), Style(c.Tone))));
            }
        }

        return rendered;
    }

    private static Style Style(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        _ => Spectre.Console.Style.Plain,
    };
}
