using OxyPlot;

namespace UAmtfl.Reporting.Charts;

/// <summary>A chart of the report.</summary>
/// <param name="File">Its file's name.</param>
/// <param name="Caption">What it shows, for who cannot see it.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Model">Draws it.</param>
internal sealed record Chart(string File, string Caption, double Width, double Height, Func<PlotModel> Model)
{
    /// <summary>The drawing as SVG text, by managed code alone.</summary>
    public string Svg()
    {
        var exporter = new SvgExporter
        {
            Width = Width,
            Height = Height,
            IsDocument = true,
            TextMeasurer = new GenerousTextMeasurer(),

            // Not all viewers know SVG's dominant-baseline; shifting the text itself is understood by all.
            UseVerticalTextAlignmentWorkaround = true,
        };
        return exporter.ExportToString(Model()).ReplaceLineEndings("\n");
    }

    /// <summary>A part of a file's name: what is neither letter, digit, dot nor hyphen becomes a hyphen.</summary>
    public static string FilePart(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
}
