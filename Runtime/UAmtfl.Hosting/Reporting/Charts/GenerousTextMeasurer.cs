using OxyPlot;

namespace UAmtfl.Reporting.Charts;

/// <summary>Measures text as wide as the widest common stand-in for Arial (DejaVu Sans) draws it: the fonts belong to the viewer of an
/// SVG, and a label that is measured too narrow is cut off or runs into its neighbour.</summary>
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

    /// <summary>In ems.</summary>
    private static double Width(char letter) => letter switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or ' ' or '.' or ',' or ':' or ';' or '|' or '\'' or '-' or '(' or ')' or '[' or ']' => 0.4,
        'm' or 'M' or 'w' or 'W' or '%' or '−' or '±' => 0.98,
        >= 'A' and <= 'Z' => 0.76,
        _ => 0.64,
    };
}
