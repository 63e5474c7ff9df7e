using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using UAmtfl.Descriptors;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Charts;

/// <summary>The fonts, colours, axes and legends that all charts have in common.</summary>
internal static class ChartStyle
{
    /// <summary>The average width of a letter of a label in pixels.</summary>
    public const double LetterWidth = 7;

    /// <summary>The length in characters beyond which a name is cut.</summary>
    public const int LongestName = 40;

    private const double FontSize = 13;

    /// <summary>The colours of methods, which colour-blind readers can tell apart (Okabe and Ito 2008), without black and yellow. Dark
    /// and light ones alternate, so that neighbours differ in grey as well.</summary>
    private static readonly OxyColor[] Distinct =
    [
        OxyColor.FromRgb(0x00, 0x72, 0xB2), OxyColor.FromRgb(0xE6, 0x9F, 0x00), OxyColor.FromRgb(0x00, 0x7A, 0x59),
        OxyColor.FromRgb(0x56, 0xB4, 0xE9), OxyColor.FromRgb(0x8C, 0x56, 0x4B), OxyColor.FromRgb(0xE3, 0xA5, 0xC8),
    ];

    private static readonly LineStyle[] Dashes =
        [LineStyle.Dash, LineStyle.Dot, LineStyle.DashDot, LineStyle.LongDash, LineStyle.DashDotDot];

    public static readonly OxyColor Ink = OxyColor.FromRgb(0x30, 0x30, 0x30);

    private static readonly OxyColor Grid = OxyColor.FromRgb(0xE4, 0xE4, 0xE4);

    /// <summary>Creates an empty chart with the common fonts and colours.</summary>
    public static PlotModel Plot(string title, string subtitle) => new()
    {
        Title = title,
        Subtitle = subtitle,
        Culture = CultureInfo.InvariantCulture,
        DefaultFont = "Arial",
        DefaultFontSize = FontSize,
        TitleFontSize = 16,
        TitleFontWeight = FontWeights.Bold,
        SubtitleFontSize = 12,
        TextColor = Ink,
        Background = OxyColors.White,
        PlotAreaBorderColor = Ink,
        PlotAreaBorderThickness = new OxyThickness(1, 0, 0, 1),
        Padding = new OxyThickness(10, 10, 20, 10),
    };

    /// <summary>Creates a vertical axis of numbers with a light grid.</summary>
    public static LinearAxis Vertical(string title) => Numeric(AxisPosition.Left, title);

    /// <summary>Creates a horizontal axis of numbers with a light grid.</summary>
    public static LinearAxis Horizontal(string title) => Numeric(AxisPosition.Bottom, title);

    private static LinearAxis Numeric(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = Grid,
        MinorTickSize = 0,
        TickStyle = TickStyle.Outside,
        AxisTitleDistance = 8,
        LabelFormatter = Tick,
    };

    /// <summary>Returns the label of a tick of an axis.</summary>
    public static string Tick(double value) => Numbers.Significant(value, 6);

    /// <summary>Creates a vertical axis of names, with the first on top.</summary>
    /// <param name="names">The names; long ones are cut.</param>
    public static CategoryAxis Rows(IEnumerable<string> names)
    {
        var axis = new CategoryAxis { Position = AxisPosition.Left, StartPosition = 1, EndPosition = 0, MajorTickSize = 0 };
        axis.Labels.AddRange(names.Select(Cut));
        return axis;
    }

    /// <summary>Creates a horizontal axis of names, which are tilted if they would touch each other.</summary>
    /// <param name="names">The names.</param>
    /// <param name="width">The width of the axis in pixels.</param>
    public static CategoryAxis Names(IReadOnlyList<string> names, double width)
    {
        var crowded = names.Max(n => n.Length) * LetterWidth > (width / names.Count) - 6;
        var axis =
            new CategoryAxis { Position = AxisPosition.Bottom, Angle = crowded ? -40 : 0, MajorTickSize = 0, AxisTitleDistance = 8 };
        axis.Labels.AddRange(names.Select(Cut));
        return axis;
    }

    private static string Cut(string name) => name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;

    /// <summary>Creates a legend that never covers data.</summary>
    public static Legend Legend(LegendPosition position = LegendPosition.RightTop) => new()
    {
        LegendPlacement = LegendPlacement.Outside,
        LegendPosition = position,
        LegendOrientation = position is LegendPosition.BottomCenter or LegendPosition.TopCenter
            ? LegendOrientation.Horizontal
            : LegendOrientation.Vertical,
        LegendBorderThickness = 0,
        LegendItemSpacing = 16,
        LegendLineSpacing = 5,
        LegendMargin = 8,
        LegendFontSize = FontSize,
    };

    /// <summary>Returns a colour for each variant by name, the same in all charts of a report. The baseline and the proposed variant
    /// have fixed colours, methods distinct ones, and controls light greys.</summary>
    public static IReadOnlyDictionary<string, OxyColor> Colours(Report report)
    {
        var (methods, controls) = (0, 0);
        var greys = Math.Max(1, report.Variants.Count(v => v.Info.Role == VariantRole.Control));
        return report.Variants.ToDictionary(v => v.Info.Name, v => v.Info.Role switch
        {
            VariantRole.Baseline => OxyColor.FromRgb(0x55, 0x55, 0x55),
            VariantRole.Proposed => OxyColor.FromRgb(0xD5, 0x5E, 0x00),
            VariantRole.Control => Grey((double)controls++ / greys),
            _ => Method(methods++),
        });

        static OxyColor Grey(double at)
        {
            var level = (byte)(0x8A + (0x4C * at));
            return OxyColor.FromRgb(level, level, level);
        }
    }

    /// <summary>Returns a line style for each variant by name, for readers without colours. The proposed variant and the baseline have
    /// solid lines.</summary>
    public static IReadOnlyDictionary<string, LineStyle> Lines(Report report)
    {
        var others = 0;
        return report.Variants.ToDictionary(
            v => v.Info.Name,
            v => v.Info.Role is VariantRole.Baseline or VariantRole.Proposed ? LineStyle.Solid : Dashes[others++ % Dashes.Length]);
    }

    /// <summary>Returns the name of a variant with its role, such as «UAmtfl (proposed)»; methods have no role in brackets.</summary>
    public static string Named(VariantInfo variant) =>
        variant.Role == VariantRole.Method ? variant.Name : $"{variant.Name} ({variant.Role.ToString().ToLowerInvariant()})";

    /// <summary>Returns the colour of a method. If there are more methods than colours, darker and then lighter versions follow.</summary>
    private static OxyColor Method(int index)
    {
        var colour = Distinct[index % Distinct.Length];
        return (index / Distinct.Length % 3) switch
        {
            0 => colour,
            1 => OxyColor.Interpolate(colour, OxyColors.Black, 0.4),
            _ => OxyColor.Interpolate(colour, OxyColors.White, 0.5),
        };
    }

    /// <summary>Returns the part of a chart's file name that distinguishes groups of tasks; it is empty if there is only one
    /// group.</summary>
    public static string FileSuffix(Report report, ErrorFormat format) =>
        report.Groups.Count == 1 ? "" : "-" + format.Metric.ToString().ToLowerInvariant();

    /// <summary>Returns the label of an axis of improvements.</summary>
    public static string ImprovementTitle(ErrorFormat format) =>
        (format.Metric.HigherIsBetter() ? $"{format.Metric.Short()} gain" : "error reduction") + (format.Metric switch
        {
            TaskMetric.Error or TaskMetric.Accuracy => " (percentage points)",
            var metric when metric.HigherIsBetter() => "",
            var metric => $" ({metric.Label()})",
        });
}
