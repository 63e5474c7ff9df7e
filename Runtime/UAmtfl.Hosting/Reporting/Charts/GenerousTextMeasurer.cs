using OxyPlot;

namespace UAmtfl.Reporting.Charts;

/// <summary>Measures text with the widths of DejaVu Sans, the widest common replacement of Arial, because the viewer of an SVG chooses the
/// font, and a label that is measured too narrow is cut off or overlaps its neighbour.</summary>
internal sealed class GenerousTextMeasurer : PdfRenderContext
{
    private const double LineHeight = 1.12;
    private const double Bold = 1.12;

    public GenerousTextMeasurer()
        : base(1, 1, OxyColors.White)
    {
    }

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight) => string.IsNullOrEmpty(text)
        ? OxySize.Empty
        : new OxySize(text.Sum(Width) * fontSize * (fontWeight > FontWeights.Normal ? Bold : 1), fontSize * LineHeight);

    /// <summary>Returns the width of a letter in ems.</summary>
    private static double Width(char letter) => letter switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' => 0.4,
        ' ' or '.' or ',' or ':' or ';' or '|' or '\'' or '-' or '(' or ')' or '[' or ']' => 0.4,
        'm' or 'M' or 'w' or 'W' or '%' or '−' or '±' => 0.98,
        >= 'A' and <= 'Z' => 0.76,
        _ => 0.64,
    };
}
