using UAmtfl.Descriptors;
using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Charts;

/// <summary>The colours and names that variants have in all charts of a report.</summary>
internal static class ChartStyle
{
    private static readonly IReadOnlyList<double>[] Dashes = [[6, 3], [2, 3], [6, 3, 1.5, 3], [10, 4], [6, 3, 1.5, 3, 1.5, 3]];

    /// <summary>Returns a colour for each variant by name, the same in all charts of a report. The baseline and the proposed variant
    /// have fixed colours, methods distinct ones, and controls light greys.</summary>
    public static IReadOnlyDictionary<string, string> Colours(Report report)
    {
        var (methods, controls) = (0, 0);
        var greys = Math.Max(1, report.Variants.Count(v => v.Info.Role == VariantRole.Control));
        return report.Variants.ToDictionary(v => v.Info.Name, v => v.Info.Role switch
        {
            VariantRole.Baseline => Palette.Ground,
            VariantRole.Proposed => Palette.Proposed,
            VariantRole.Control => Palette.Grey((double)controls++ / greys),
            _ => Palette.Method(methods++),
        });
    }

    /// <summary>Returns the dashes of each variant's line by name, for readers without colours. The proposed variant and the baseline have
    /// solid lines.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<double>?> Lines(Report report)
    {
        var others = 0;
        return report.Variants.ToDictionary(
            v => v.Info.Name,
            v => v.Info.Role is VariantRole.Baseline or VariantRole.Proposed ? null : Dashes[others++ % Dashes.Length]);
    }

    /// <summary>Returns the name of a variant with its role, such as «UAmtfl (proposed)»; methods have no role in brackets.</summary>
    public static string Named(VariantInfo variant) =>
        variant.Role == VariantRole.Method ? variant.Name : $"{variant.Name} ({variant.Role.ToString().ToLowerInvariant()})";

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
