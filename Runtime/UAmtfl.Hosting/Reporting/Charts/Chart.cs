using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>A chart of the report.</summary>
/// <param name="File">The name of the SVG file.</param>
/// <param name="Caption">A description of the chart, for readers who cannot see it.</param>
/// <param name="Draw">Draws the chart.</param>
internal sealed record Chart(string File, string Caption, Func<Picture> Draw)
{
    /// <summary>The numbers that no table of the report has and that the chart shows; null if all are elsewhere.</summary>
    public Table? Data { get; init; }

    /// <summary>Returns the chart as SVG text.</summary>
    public string Svg() => SvgWriter.File(Draw(), Caption);

    /// <summary>Returns the chart as the bytes of a PNG file.</summary>
    /// <exception cref="UAmtflException">The system has no font for it.</exception>
    public byte[] Png() => PngWriter.File(Draw());

    /// <summary>Returns the chart as an element of a page, whose identifier no other chart of the page has.</summary>
    public string Inline() => SvgWriter.Inline(Draw(), Caption, $"{FilePart(Path.GetFileNameWithoutExtension(File))}:t");

    /// <summary>Turns a name into a part of a file name: every character but letters, digits, dots, hyphens and underscores becomes a
    /// hyphen.</summary>
    public static string FilePart(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
}
