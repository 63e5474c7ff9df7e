using UAmtfl.Descriptors;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the validation error and the training loss of the variants over the epochs, with a band over the
/// seeds.</summary>
internal static class LearningSection
{
    /// <summary>The largest number of variants of which lines can be told apart.</summary>
    private const int Shown = 8;

    public static Section? Of(Report report, Formats formats)
    {
        var variants = report.Variants
            .Select(v => (v.Info, Curves: report.Learning.Where(c => c.Variant == v.Info.Name && c.Losses.Count > 0).ToList()))
            .Where(v => v.Curves.Count > 0).ToList();
        if (variants.Count == 0)
        {
            return null;
        }

        var drawn = Chosen(report, formats, [.. variants.Select(v => v.Info)]);
        var validated = report.Learning.Any(c => c.ValidationErrors.Any(double.IsFinite));
        List<string> lines =
        [
            "The loss of an epoch is the mean over tasks of the data term that is minimised. Where a variant scales it, as learnt "
                + "uncertainty does, its level cannot be compared with that of another variant.",
        ];
        if (!validated)
        {
            lines.Insert(0, "No validation error was measured, because the trainings have no validation rows.");
        }

        if (drawn.Count < variants.Count)
        {
            lines.Add(
                $"Drawn are {drawn.Count} of {variants.Count} variants: the baseline, the proposed ones, and the best of the others.");
        }

        var unit = formats.Mixed ? "relative error" : formats.Groups[0].OverallLabel;
        var scale = formats.Mixed ? 1 : formats.Groups[0].Scale;
        return new Section(
            "Learning curves",
            [],
            lines,
            [
                .. validated
                    ? (Chart[])[Curves("validation", $"{unit} on validation rows", c => c.ValidationErrors, scale)]
                    : [],
                Curves("loss", "training loss", c => c.Losses, 1),
            ]);

        Chart Curves(string file, string what, Func<LearningCurve, IReadOnlyList<double>> values, double factor) => new(
            $"learning-{file}.svg",
            $"{what} over epochs, mean over seeds, of {Formats.Listed([.. drawn])}",
            () => LineChart.Draw(
                $"{report.Experiment}: {what} over epochs",
                "Line: mean over seeds; band: from the smallest to the largest of a seed.",
                what,
                Lines(report, [.. variants.Where(v => drawn.Contains(v.Info.Name))], values, factor)));
    }

    /// <summary>Returns the names of the variants to draw.</summary>
    private static HashSet<string> Chosen(Report report, Formats formats, List<VariantInfo> variants)
    {
        var order = report.Variants.Where(v => variants.Contains(v.Info))
            .OrderBy(v => v.Info.Role is not (VariantRole.Baseline or VariantRole.Proposed))
            .ThenBy(v => v.Info.TrainedOn is not null)
            .ThenBy(v => Conclusions.Loss(v, formats));
        return [.. order.Take(Shown).Select(v => v.Info.Name)];
    }

    private static List<ChartLine> Lines(
        Report report,
        IReadOnlyList<(VariantInfo Info, List<LearningCurve> Curves)> variants,
        Func<LearningCurve, IReadOnlyList<double>> values,
        double factor)
    {
        var (colours, dashes) = (ChartStyle.Colours(report), ChartStyle.Lines(report));
        return
        [
            .. variants.OrderBy(v => v.Info.Role == VariantRole.Proposed).Select(v =>
            {
                double[][] curves = [.. v.Curves.Select(c => values(c).Select(x => factor * x).ToArray())];
                var epochs = Enumerable.Range(0, curves.Min(c => c.Length)).Select(e =>
                    curves.Select(c => c[e]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToList()).ToList();
                return new ChartLine(
                    v.Info.Name,
                    [.. epochs.Select(e => e.Average())],
                    colours[v.Info.Name],
                    dashes[v.Info.Name],
                    curves.Length > 1 ? [.. epochs.Select(e => (e.Min(), e.Max()))] : null);
            }),
        ];
    }
}
