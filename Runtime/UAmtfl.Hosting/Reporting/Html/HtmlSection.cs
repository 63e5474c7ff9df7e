using System.Text;
using UAmtfl.Reporting.Charts;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes a section of the report as it is in every other file: tables, sentences, charts.</summary>
internal static class HtmlSection
{
    /// <summary>The number of sentences above which they are folded away, because they would bury what follows.</summary>
    private const int Unfolded = 12;

    public static void Append(StringBuilder text, Section section, string id)
    {
        Begin(text, section.Heading, id);
        foreach (var (index, table) in section.Tables.Index())
        {
            HtmlTable.Append(text, table, $"{section.Heading}, table {index + 1}");
        }

        if (section.Lines.Count > Unfolded)
        {
            text.Append($"<details class=\"notes\"><summary>{section.Lines.Count} notes</summary>\n")
                .AppendList(section.Lines).Append("</details>\n");
        }
        else
        {
            text.AppendList(section.Lines);
        }

        AppendCharts(text, section);
        End(text);
    }

    /// <summary>Begins a section with its heading, to which the contents of the page link.</summary>
    public static void Begin(StringBuilder text, string heading, string id) =>
        text.Append($"<section id=\"{id}\" aria-labelledby=\"{id}-h\">\n<h2 id=\"{id}-h\">{HtmlText.Of(heading)}</h2>\n");

    public static void End(StringBuilder text) => text.Append("</section>\n");

    /// <summary>Appends the charts of a section, each with the words that its caption has.</summary>
    public static void AppendCharts(StringBuilder text, Section section)
    {
        foreach (Chart chart in section.Charts)
        {
            var caption = HtmlText.Of(Formats.Capital(chart.Caption));
            text.Append("<figure>\n").BeginScroll($"Chart: {chart.File}")
                .Append(chart.Inline())
                .Append($"</div>\n<figcaption>{caption}.</figcaption>\n");
            if (chart.Data is { } data)
            {
                text.Append("<details><summary>Numbers of this chart</summary>\n");
                HtmlTable.Append(text, data, $"Numbers of {chart.File}");
                text.Append("</details>\n");
            }

            text.Append("</figure>\n");
        }
    }
}
