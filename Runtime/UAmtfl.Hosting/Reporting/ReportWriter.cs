using System.Text;
using UAmtfl.Files;
using UAmtfl.Reporting.Html;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Writes a report into a run's folder: <c>report.html</c>, <c>report.md</c>, <c>report.json</c> and
/// <c>charts/*.svg</c>.</summary>
public static class ReportWriter
{
    /// <summary>The name of the file with the report as JSON.</summary>
    internal const string JsonFile = "report.json";

    private const string PageFile = "report.html";

    /// <summary>Writes a report. Equal reports give equal bytes. Files of the same names are replaced, and charts of an earlier report
    /// that this one does not have are deleted.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The folder, which is created if it does not exist.</param>
    /// <param name="png">True to write each chart as PNG as well.</param>
    /// <exception cref="UAmtflException">PNG is asked for, and the system has no font for it.</exception>
    public static void Write(Report report, string folder, bool png = false)
    {
        var charts = Path.Combine(folder, "charts");
        Directory.CreateDirectory(charts);

        // Charts are written first, so that a reader who finds the Markdown file finds the charts that it embeds.
        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var chart in ReportSections.Of(report).SelectMany(s => s.Charts))
        {
            Replace(Path.Combine(charts, chart.File), chart.Svg());
            written.Add(chart.File);
            if (png)
            {
                var file = Path.ChangeExtension(chart.File, ".png");
                WholeFile.Write(Path.Combine(charts, file), stream => stream.Write(chart.Png()));
                written.Add(file);
            }
        }

        Replace(Path.Combine(folder, JsonFile), JsonReport.Text(report));
        Replace(Path.Combine(folder, "report.md"), MarkdownReport.Text(report));
        WritePage(report, folder);
        // A PNG file beside a chart is that chart, as it was when PNG was asked for.
        foreach (var stale in Directory.GetFiles(charts, "*.png").Where(f => File.Exists(Path.ChangeExtension(f, ".svg")))
            .Concat(Directory.GetFiles(charts, "*.svg")).Where(f => !written.Contains(Path.GetFileName(f))))
        {
            File.Delete(stale);
        }
    }

    /// <summary>Writes only the page of a report, such as that of a run without a finished cell, which says what is missing.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The folder, which exists.</param>
    internal static void WritePage(Report report, string folder) => Replace(Path.Combine(folder, PageFile), HtmlReport.Text(report));

    /// <summary>Writes a temporary file and renames it, so that neither a reader nor an interrupted run ever finds half of a
    /// file.</summary>
    private static void Replace(string path, string text) =>
        WholeFile.Write(path, stream => stream.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text)));
}
