using UAmtfl.Descriptors;
using UAmtfl.Reporting.Charts;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>Says what a run shows and how sure that is, in the sentences that a reader should meet before any number.</summary>
internal static class Conclusions
{
    /// <summary>The level at which a difference between seeds counts as more than chance.</summary>
    private const double Level = 0.05;

    /// <summary>The largest number of tasks of an outcome that a sentence names; the section about transfer names more.</summary>
    private const int Named = 4;

    /// <summary>The largest number of variants of a comparison of two runs that have a sentence.</summary>
    private const int ComparedVariants = 6;

    /// <summary>Returns the variants that the sentences are about: the proposed ones, or else the best method with a transfer; of a
    /// comparison of two runs the first ones.</summary>
    public static IReadOnlyList<VariantReport> Focus(Report report, Formats formats)
    {
        var judged = report.Variants.Where(v => v.Transfer is not null).ToList();
        if (report.Compared.Count > 0)
        {
            return [.. judged.OrderBy(v => v.Info.Role != VariantRole.Proposed).Take(ComparedVariants)];
        }

        var proposed = judged.Where(v => v.Info.Role == VariantRole.Proposed).ToList();
        var methods = judged.Where(v => v.Info is { Role: VariantRole.Method, TrainedOn: null } && double.IsFinite(Loss(v, formats)));
        return proposed.Count > 0 ? proposed : [.. methods.OrderBy(v => Loss(v, formats)).Take(1)];
    }

    /// <summary>Returns the sentences about the effect of sharing on the tasks, against the baseline.</summary>
    public static IEnumerable<string> Effects(Report report, Formats formats) => report.Baseline is null
        ? ["No baseline is among the finished results, so nothing can be said about negative transfer."]
        : Focus(report, formats).Select(variant => TransferSection.Sentence(variant, report, formats, Named));

    /// <summary>Returns the sentences about what else does as well: controls, and the variant with the best number.</summary>
    public static IEnumerable<string> Rivals(Report report, Formats formats) =>
        [
            .. Focus(report, formats).SelectMany(variant => Controls(variant, report, formats)),
            .. report.Compared.Count == 0 && Best(report, formats) is { } best ? (string[])[best] : [],
        ];

    /// <summary>Returns the sentences about what the intervals, the tasks and the seeds can show.</summary>
    public static IEnumerable<string> Certainty(Report report)
    {
        if (report.Baseline is not null && report.Variants.Any(v => v.Transfer is not null))
        {
            yield return OverviewSection.Interval(report);
            yield return TransferSection.Chance(report);
        }

        foreach (var sentence in ComparisonSection.Cautions(report))
        {
            yield return sentence;
        }
    }

    /// <summary>Returns a sentence about each control that does as well as a variant, because a gain that a control has too does not come
    /// from what the control lacks.</summary>
    private static IEnumerable<string> Controls(VariantReport variant, Report report, Formats formats)
    {
        foreach (var control in report.Variants.Where(v => v.Info is { Role: VariantRole.Control, TrainedOn: null }))
        {
            var comparison = report.Comparisons.FirstOrDefault(c => c.Variant == variant.Info.Name && c.Other == control.Info.Name
                && (formats.Mixed ? c.Metric is null : true));
            if (comparison is not { Difference.Count: > 0 })
            {
                continue;
            }

            var (own, other) = (Value(variant, formats), Value(control, formats));
            var seeds = $"{comparison.Difference.Count} {(comparison.Difference.Count == 1 ? "seed" : "seeds")}";
            var against = report.Baseline ?? "a baseline";
            if (comparison.Difference.Mean >= 0)
            {
                yield return $"{control.Info.Name}, a control, is at least as good as {variant.Info.Name} ({other} against {own} "
                    + $"{Label(formats)}), so that no gain over {against} is shown to come from what the control lacks.";
            }
            else if (comparison.P > Level)
            {
                yield return $"{variant.Info.Name} is better than the control {control.Info.Name} ({own} against {other} "
                    + $"{Label(formats)}), but {seeds} cannot tell that from chance (Wilcoxon {ErrorFormat.Equation(comparison.P)}).";
            }
        }
    }

    /// <summary>Returns a sentence that names the variant with the best number if it is another than the proposed one.</summary>
    private static string? Best(Report report, Formats formats)
    {
        var finished = report.Variants.Where(v => v.Info.TrainedOn is null && double.IsFinite(Loss(v, formats))).ToList();
        var proposed = finished.Where(v => v.Info.Role == VariantRole.Proposed).ToList();
        return finished.MinBy(v => Loss(v, formats)) is { } best && proposed.Count > 0 && !proposed.Contains(best)
            ? $"The best {Label(formats)} of all is that of {ChartStyle.Named(best.Info)}, {Value(best, formats)}."
            : null;
    }

    /// <summary>Returns the headline value of a variant as a loss, of which lower is better.</summary>
    public static double Loss(VariantReport variant, Formats formats) =>
        formats.Mixed ? variant.Relative.Mean : formats.Groups[0].Metric.Loss(variant.Overall[0].Mean);

    /// <summary>Returns the headline value of a variant as text, with its standard deviation over seeds.</summary>
    public static string Value(VariantReport variant, Formats formats) => formats.Mixed
        ? formats.Relative.MeanAndSd(variant.Relative)
        : formats.Groups[0].Overall.MeanAndSd(variant.Overall[0]);

    /// <summary>Returns the name of the headline value.</summary>
    public static string Label(Formats formats) => formats.Mixed ? "relative error" : formats.Groups[0].OverallLabel;
}
