using System.Net;
using OxyPlot;

namespace UAmtfl.Reporting.Charts;

/// <summary>A chart of the report.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Caption">A description of the chart, for readers who cannot see it.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Model">Draws the chart.</param>
internal sealed record Chart(string File, string Caption, double Width, double Height, Func<PlotModel> Model)
{
    /// <summary>Returns the chart as SVG text, drawn by managed code only.</summary>
    public string Svg()
    {
        var exporter = new SvgExporter
        {
            Width = Width,
            Height = Height,
            IsDocument = true,
            TextMeasurer = new GenerousTextMeasurer(),

            // The text itself is shifted, because not all viewers know SVG's dominant-baseline.
            UseVerticalTextAlignmentWorkaround = true,
        };
        return exporter.ExportToString(Model()).ReplaceLineEndings("\n");
    }

    /// <summary>Returns the chart as an element of a page: an image whose title is the caption, and whose identifiers no other chart of
    /// the page has.</summary>
    public string Inline()
    {
        var id = FilePart(Path.GetFileNameWithoutExtension(File));
        var svg = Svg();
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..].Replace("id=\"", $"id=\"{id}-").Replace("url(#", $"url(#{id}-");
        var end = svg.IndexOf('>');
        return FormattableString.Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}-t\" ")
            + svg["<svg".Length..end] + $"><title id=\"{id}-t\">{WebUtility.HtmlEncode(Caption)}</title>{svg[(end + 1)..]}";
    }

    /// <summary>Turns a name into a part of a file name: every character but letters, digits, dots, hyphens and underscores becomes a
    /// hyphen.</summary>
    public static string FilePart(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
}
