using UAmtfl.Descriptors;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>Gives the result of a run in a few words, for a list of runs.</summary>
internal static class Headline
{
    /// <summary>Returns the headline value of the proposed variant, or of the best one if none is proposed, among those that are trained
    /// on all tasks and are no controls: «UAmtfl 5.49 ± 0.13 (test error %)». It is a dash if none has a value.</summary>
    /// <param name="report">The report of the run.</param>
    public static string Of(Report report)
    {
        var formats = new Formats(report);
        var first = formats.Groups[0];
        var candidates = report.Variants
            .Where(v => v.Info is { TrainedOn: null, Role: not VariantRole.Control } && double.IsFinite(Loss(v))).ToList();
        VariantReport? variant = candidates.FirstOrDefault(v => v.Info.Role == VariantRole.Proposed) ?? candidates.MinBy(Loss);
        return variant is null ? Numbers.None
            : formats.Mixed ? $"{variant.Info.Name} {formats.Relative.MeanAndSd(variant.Relative)} (relative error)"
            : $"{variant.Info.Name} {first.Overall.MeanAndSd(variant.Overall[0])} ({first.OverallLabel})";

        double Loss(VariantReport variant) => formats.Mixed ? variant.Relative.Mean : first.Metric.Loss(variant.Overall[0].Mean);
    }
}
