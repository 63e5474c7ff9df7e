using System.Globalization;
using System.Text;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes a table whose columns a reader can sort. The script of the page adds the buttons; without it the table is
/// whole.</summary>
internal static class HtmlTable
{
    /// <summary>Appends a table in a region that scrolls sideways by itself on a narrow screen.</summary>
    /// <param name="text">The page.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The name of the table for readers who hear the page; each is different.</param>
    /// <param name="link">Returns the place that a row's name links to; null for no link.</param>
    public static void Append(StringBuilder text, Table table, string name, Func<string, string?>? link = null)
    {
        text.BeginScroll(name).Append("<table data-sort=\"\">\n<thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            text.Append($"<th scope=\"col\"{(i < table.TextColumns ? "" : " class=\"n\"")}>{HtmlText.Of(table.Columns[i])}</th>");
        }

        text.Append("</tr></thead>\n<tbody>\n");
        foreach (var (index, row) in table.Rows.Index())
        {
            if (row.Cells.Count == 1)
            {
                // A heading begins a group, in which rows are sorted by themselves.
                text.Append(index == 0 ? "" : "</tbody>\n<tbody>\n")
                    .Append($"<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"{table.Columns.Count}\">")
                    .Append($"{HtmlText.Of(row.Cells[0].Text)}</th></tr>\n");
                continue;
            }

            text.Append("<tr>");
            for (var i = 0; i < row.Cells.Count; i++)
            {
                Append(text, row.Cells[i], i == 0, i >= table.TextColumns, i == 0 ? link?.Invoke(row.Cells[0].Text) : null);
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void Append(StringBuilder text, Cell cell, bool heads, bool number, string? link)
    {
        var tone = cell.Tone == Tone.Plain ? null : cell.Tone.ToString().ToLowerInvariant();
        var classes = string.Join(' ', new[] { number ? "n" : null, tone }.OfType<string>());
        var tag = heads ? "th" : "td";
        text.Append($"<{tag}{(heads ? " scope=\"row\"" : "")}{(classes.Length == 0 ? "" : $" class=\"{classes}\"")}");
        if ((cell.Order ?? cell.Value) is { } order && double.IsFinite(order))
        {
            text.Append($" data-v=\"{order.ToString("G6", CultureInfo.InvariantCulture)}\"");
        }

        var words = HtmlText.Of(cell.Text);
        text.Append($">{(link is null ? words : $"<a href=\"{HtmlText.Of(link)}\">{words}</a>")}</{tag}>");
    }
}
