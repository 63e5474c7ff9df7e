using System.Globalization;
using System.Text;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Html;

/// <summary>Writes a report as one page that needs no network and no other file: style, script and charts are inside it. Without its
/// script all of it can be read; the script only sorts, searches and unfolds. Apart from these two the page is well-formed XML
/// as well.</summary>
public static class HtmlReport
{
    /// <summary>The rule by which a browser refuses to fetch anything, even if a name in the report had mark-up that reached the
    /// page.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

    /// <summary>The identifiers of other elements of the page.</summary>
    private static readonly string[] Taken = ["shown", "find", "found"];

    private static readonly string TasksId = HtmlText.Slug(TaskSection.Heading);

    /// <summary>Returns a report as a page in HTML, whose lines end in \n. Equal reports give equal pages.</summary>
    /// <param name="report">The report.</param>
    public static string Text(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var formats = new Formats(report);
        var sections = ReportSections.Of(report);
        var text = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
            .Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\"/>\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n")
            .Append($"<title>{HtmlText.Of(report.Experiment)}: report</title>\n<style>\n{Asset("report.css")}</style>\n</head>\n<body>\n")
            .Append("<a class=\"skip\" href=\"#shown\">Skip to the results</a>\n");
        List<string> headings =
            [.. sections.Select(s => s.Heading), .. HtmlDeclarations.Has(report) ? (string[])[HtmlDeclarations.Heading] : []];
        List<string> ids = [.. headings.Select((heading, i) => Id(heading, headings.Take(i)))];
        AppendHeader(text, report, formats, headings.Zip(ids));
        text.Append("<main>\n");
        HtmlVerdict.Append(text, report, formats);
        foreach (var (section, id) in sections.Zip(ids))
        {
            if (id == TasksId)
            {
                HtmlTasks.Append(text, report, formats, section, id);
            }
            else
            {
                HtmlSection.Append(text, section, id);
            }
        }

        if (HtmlDeclarations.Has(report))
        {
            HtmlDeclarations.Append(text, report, ids[^1]);
        }

        return text.Append($"</main>\n<script>\n{Asset("report.js")}</script>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Returns the identifier of a section, with a number if an earlier section, such as one of a study, has the same.</summary>
    private static string Id(string heading, IEnumerable<string> earlier)
    {
        var slug = HtmlText.Slug(heading);
        var same = earlier.Select(HtmlText.Slug).Concat(Taken).Count(s => s == slug);
        return slug + (same == 0 ? "" : "-" + Whole(same + 1));
    }

    private static void AppendHeader(
        StringBuilder text, Report report, Formats formats, IEnumerable<(string Heading, string Id)> sections)
    {
        // Of a comparison, the earlier run is in the place of a variant.
        var variants = report.Variants.Count - (report.Compared.Count > 0 ? 1 : 0);
        var finished = report.Variants.Sum(v => v.Seeds.Count);
        var trained = variants * report.Seeds.Count;
        (string Name, string Value)[] facts =
        [
            ("tasks", Whole(report.Tasks.Count)), ("variants", Whole(variants)), ("seeds", Whole(report.Seeds.Count)),
            ("trainings", finished == trained ? Whole(trained) : $"{Whole(finished)} of {Whole(trained)}"),
            ("baseline", report.Baseline ?? "none"), ("measure", Conclusions.Label(formats)),
        ];
        text.Append($"<header>\n<h1>{HtmlText.Of(report.Experiment)}</h1>\n<p>{HtmlText.Of(report.Title)}</p>\n<dl>\n");
        foreach (var (name, value) in facts)
        {
            text.Append($"<div><dt>{name}</dt><dd>{HtmlText.Of(value)}</dd></div>\n");
        }

        text.Append("</dl>\n</header>\n<nav aria-label=\"Sections\"><ul>\n");
        foreach (var (heading, id) in sections)
        {
            text.Append($"<li><a href=\"#{id}\">{HtmlText.Of(heading)}</a></li>\n");
        }

        text.Append("</ul></nav>\n");
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the style sheet or the script, which are files of this assembly.</summary>
    private static string Asset(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
