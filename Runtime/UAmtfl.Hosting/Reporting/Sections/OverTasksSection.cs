using System.Globalization;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section that compares variants over all tasks: worst task, average improvement, ranks, correlation with size, adjusted
/// counts.</summary>
internal static class OverTasksSection
{
    public static Section? Of(Report report, Formats formats)
    {
        var variants = report.Variants.Where(v => v.Summary is not null || !double.IsNaN(Rank(report, v))).ToList();
        if (report.Tasks.Count < 2 || variants.Count == 0)
        {
            return null;
        }

        var counts = report.TrainCounts.Count > 0;
        string[] columns =
        [
            "variant", "worst task", formats.Mixed ? "its regret %" : "its regret", "improvement %", "mean rank",
            .. counts ? (string[])["ρ(Δ, N)", "r(Δ, log N)"] : [], "NT Holm", "NT BH", "helped Holm", "helped BH",
        ];
        return new Section(
            "Over all tasks",
            [new Table(columns, 2, [.. variants.Select(v => Row(v, report, formats, counts))])],
            [.. Notes(report, formats, variants, counts), .. Ranks(report), .. Power(report)],
            []);
    }

    private static double Rank(Report report, VariantReport variant) => report.Ranks?.RankOf(variant.Info.Name) ?? double.NaN;

    private static Row Row(VariantReport variant, Report report, Formats formats, bool counts)
    {
        var rank = Rank(report, variant);
        Cell ranked = double.IsNaN(rank) ? Numbers.None : rank.ToString("F2", CultureInfo.InvariantCulture);
        if (variant.Summary is not { } s)
        {
            return new Row([
                variant.Info.Name, variant.Info.Name == report.Baseline ? "baseline" : Numbers.None, Numbers.None, Numbers.None, ranked,
                .. Enumerable.Repeat((Cell)Numbers.None, counts ? 6 : 4)]);
        }

        return new Row([
            variant.Info.Name,
            s.WorstTask ?? Numbers.None,
            Regret(s, report, formats),
            ErrorFormat.Signed(s.Improvement) + (s.ImprovementTasks == report.Tasks.Count ? "" : $" ({s.ImprovementTasks})"),
            ranked,
            .. counts ? (Cell[])[ErrorFormat.Signed(s.Spearman), ErrorFormat.Signed(s.Pearson)] : [],
            $"{s.HurtHolm}", $"{s.HurtBenjaminiHochberg}", $"{s.HelpedHolm}", $"{s.HelpedBenjaminiHochberg}"]);
    }

    private static string Regret(TransferSummary summary, Report report, Formats formats) =>
        summary.Relative || summary.WorstTask is not { } worst ? ErrorFormat.Signed(summary.Regret)
        : formats.Groups[0].Task(Enumerable.Range(0, report.Tasks.Count).First(t => report.Tasks[t] == worst)).Difference(summary.Regret);

    private static IEnumerable<string> Notes(Report report, Formats formats, List<VariantReport> variants, bool counts)
    {
        if (report.Baseline is null)
        {
            yield break;
        }

        yield return formats.Mixed
            ? $"Regret: the largest loss of a task against {report.Baseline}, in per cent of its value there, "
                + "as the tasks have different metrics; below 0 every task was helped."
            : $"Regret: the largest Δ of a task against {report.Baseline}"
                + $"{formats.Groups[0].Unit switch { "" => "", var unit => $", in{unit}" }}; below 0 every task was helped.";
        yield return $"Improvement: the mean over tasks of the change in per cent of {report.Baseline}'s value, above 0 better (Δ_MTL). "
            + (variants.Any(v => v.Summary is { } s && s.ImprovementTasks < report.Tasks.Count)
                ? "In brackets for how many tasks it is defined; a task where that value is not above 0 has none."
                : "Defined for all tasks.");
        if (counts)
        {
            yield return $"ρ and r: Spearman's and Pearson's correlation over tasks of {(formats.Mixed ? "the loss in per cent" : "Δ")} "
                + "with the (logarithm of the) number N of training labels; "
                + "above 0 large tasks are hurt more, below 0 small ones."
                + (report.TrainCounts.Distinct().Count() == 1 ? " All tasks have equally many here." : "");
        }

        yield return $"Holm, BH: tasks hurt or helped with a p of at most {TransferSummary.Level.ToString(CultureInfo.InvariantCulture)} "
            + "adjusted for a variant's tasks after Holm (no false one, with 95 % confidence) and Benjamini–Hochberg "
            + $"(5 % false ones among them). p: twice the smaller share of the {PairedBootstrap.Resamples} resamples "
            + $"on either side of 0; the smallest possible is {ErrorFormat.P(PairedBootstrap.SmallestP)}.";
    }

    private static IEnumerable<string> Ranks(Report report)
    {
        if (report.Ranks is not { } ranks)
        {
            yield break;
        }

        var test = ranks.Test;
        var chiSquare = test.ChiSquare.ToString("G3", CultureInfo.InvariantCulture);
        var f = double.IsPositiveInfinity(test.F) ? "∞" : test.F.ToString("G3", CultureInfo.InvariantCulture);
        yield return $"Mean rank: over {test.Tasks} tasks, 1 is the best of {ranks.Variants.Count}; controls are not ranked. "
            + $"Friedman's χ² = {chiSquare} (corrected for ties, {ErrorFormat.Equation(test.ChiSquareP)}), "
            + $"Iman and Davenport's F = {f} ({ErrorFormat.Equation(test.FP)}). "
            + "It takes the tasks as independent, which tasks that share rows are not.";
        var distance = test.CriticalDistance.ToString("F2", CultureInfo.InvariantCulture);
        yield return $"Nemenyi's critical distance at the 5 % level is {distance}: "
            + "mean ranks that differ by less cannot be told apart.";
    }

    /// <summary>Returns lines about the power of the tests, that is, about what the numbers of resamples and seeds can show.</summary>
    private static IEnumerable<string> Power(Report report)
    {
        if (report.Baseline is null)
        {
            yield break;
        }

        var tasks = report.Tasks.Count;
        var first = TransferSummary.Level / tasks;
        var resamples = (int)Math.Ceiling(Math.Round(2 / first, 6)) - 1;
        var seeds = 1 + (int)Math.Ceiling(Math.Round(Math.Log2(1 / first), 9));
        yield return $"Power: over {tasks} tasks a first discovery takes p ≤ 0.05/{tasks} = {ErrorFormat.P(first)}. Resampling test rows "
            + (resamples <= PairedBootstrap.Resamples
                ? "can reach it."
                : $"cannot reach it with {PairedBootstrap.Resamples} resamples (it takes {resamples}): "
                    + "Holm's counts are 0 for that reason, and BH needs several tasks together.")
            + $" A Wilcoxon test over seeds, whose p cannot fall below 2^(1−n) for n seeds, would take {seeds} seeds; "
            + $"this run has {report.Seeds.Count}.";
    }
}
