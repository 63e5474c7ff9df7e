using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Hosting;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>What all charts have in common.</summary>
internal static class ChartStyle
{
    /// <summary>The average width of a label's letter, in pixels.</summary>
    public const double LetterWidth = 7;

    private const double FontSize = 13;

    /// <summary>Colours that colour-blind readers can tell apart (Okabe and Ito 2008), without black and yellow.</summary>
    private static readonly OxyColor[] Distinct =
    [
        OxyColor.FromRgb(0x00, 0x72, 0xB2), OxyColor.FromRgb(0xE6, 0x9F, 0x00), OxyColor.FromRgb(0x00, 0x9E, 0x73),
        OxyColor.FromRgb(0xCC, 0x79, 0xA7), OxyColor.FromRgb(0x56, 0xB4, 0xE9), OxyColor.FromRgb(0x8C, 0x56, 0x4B),
    ];

    public static readonly OxyColor Ink = OxyColor.FromRgb(0x30, 0x30, 0x30);

    private static readonly OxyColor Grid = OxyColor.FromRgb(0xE4, 0xE4, 0xE4);

    /// <summary>An empty chart with the house's fonts and colours.</summary>
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

    /// <summary>A vertical axis of numbers with a light grid.</summary>
    public static LinearAxis Vertical(string title) => new()
    {
        Position = AxisPosition.Left,
        Title = title,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = Grid,
        MinorTickSize = 0,
        TickStyle = TickStyle.Outside,
        AxisTitleDistance = 8,
    };

    /// <summary>A horizontal axis of names, which it tilts when they would touch.</summary>
    /// <param name="names">The names.</param>
    /// <param name="width">The pixels that all of them have.</param>
    public static CategoryAxis Names(IReadOnlyList<string> names, double width)
    {
        var crowded = names.Max(n => n.Length) * LetterWidth > width / names.Count - 6;
        var axis = new CategoryAxis { Position = AxisPosition.Bottom, Angle = crowded ? -40 : 0, MajorTickSize = 0, AxisTitleDistance = 8 };
        axis.Labels.AddRange(names);
        return axis;
    }

    /// <summary>A legend that never covers data.</summary>
    public static Legend Legend(LegendPosition position = LegendPosition.RightTop) => new()
    {
        LegendPlacement = LegendPlacement.Outside,
        LegendPosition = position,
        LegendOrientation = position is LegendPosition.BottomCenter or LegendPosition.TopCenter ? LegendOrientation.Horizontal : LegendOrientation.Vertical,
        LegendBorderThickness = 0,
        LegendItemSpacing = 16,
        LegendLineSpacing = 5,
        LegendMargin = 8,
        LegendFontSize = FontSize,
    };

    /// <summary>The colour of a variant's part in the comparison.</summary>
    public static OxyColor Role(VariantRole role) => role switch
    {
        VariantRole.Baseline => OxyColor.FromRgb(0x70, 0x70, 0x70),
        VariantRole.Proposed => OxyColor.FromRgb(0xD5, 0x5E, 0x00),
        VariantRole.Control => OxyColor.FromRgb(0xC4, 0xB8, 0xA8),
        VariantRole.Reference => OxyColor.FromRgb(0x9A, 0xA8, 0xB0),
        _ => Distinct[0],
    };

    /// <summary>[variants], a colour each: the proposed in its own, methods in distinct ones, controls in greys.</summary>
    public static OxyColor[] Colours(IReadOnlyList<VariantRole> roles)
    {
        var methods = 0;
        var controls = 0;
        var greys = Math.Max(1, roles.Count(r => r == VariantRole.Control));
        return [.. roles.Select(role => role switch
        {
            VariantRole.Control => Grey((double)controls++ / greys),
            VariantRole.Proposed or VariantRole.Baseline => Role(role),
            _ => Distinct[methods++ % Distinct.Length],
        })];

        static OxyColor Grey(double at) => OxyColor.FromRgb((byte)(0x8A + 0x4C * at), (byte)(0x8A + 0x4C * at), (byte)(0x8A + 0x4C * at));
    }

    /// <summary>The part of a chart's file name that tells groups of tasks apart: none where there is only one.</summary>
    public static string FileSuffix(Report report, ErrorFormat format) => report.Groups.Count == 1 ? "" : "-" + format.Metric.ToString().ToLowerInvariant();

    /// <summary>The label of the axis of improvements.</summary>
    public static string ImprovementTitle(ErrorFormat format) =>
        (format.Metric.HigherIsBetter() ? $"{format.Metric.Short()} gain" : "error reduction") + (format.Metric switch
        {
            TaskMetric.Error or TaskMetric.Accuracy => " (percentage points)",
            var metric when metric.HigherIsBetter() => "",
            var metric => $" ({metric.Label()})",
        });
}
