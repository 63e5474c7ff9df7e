using System.Globalization;
using UAmtfl.Reporting.Charts;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section about the effect of sharing on the tasks, in words, and about the transfer that the methods learnt and
/// the conflicts of task gradients, in charts.</summary>
internal static class TransferSection
{
    public static Section Of(Report report, Formats formats)
    {
        var lines = report.Baseline is null
            ? ["No baseline is among the finished results, so nothing can be said about negative transfer."]
            : report.Variants.Where(v => v.Transfer is not null).Select(v => Sentence(v, report, formats)).ToList();
        if (report.Baseline is not null && lines.Count == 0)
        {
            lines.Add($"No variant shares a finished seed with {report.Baseline}, so nothing can be said about negative transfer.");
        }
        else if (report.Baseline is not null)
        {
            lines.Add(Chance(report));
        }

        lines.AddRange(ConflictSentences.Of(report));
        return new Section("Transfer", [], lines, [.. report.Variants.SelectMany(v => LearntCharts.Of(v, report))]);
    }

    /// <summary>Returns the sentence about how many intervals exclude 0 by chance.</summary>
    public static string Chance(Report report)
    {
        var chance = (report.Tasks.Count * 0.025).ToString("0.##", CultureInfo.InvariantCulture);
        return $"By chance alone, at least about {chance} of {report.Tasks.Count} such intervals would lie wholly above 0 "
            + "and as many below; more, as training is random too.";
    }

    /// <summary>Returns the sentence about a variant: «UAmtfl: helped 9 of 10 tasks on the mean, 7 beyond the 95 % interval (One, …);
    /// hurt none beyond it; hurt on the mean only: Zero (+0.03 points, one test row is 0.10).»</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="report">The report.</param>
    /// <param name="formats">The formats of the report.</param>
    /// <param name="most">The largest number of tasks of an outcome that are named.</param>
    public static string Sentence(VariantReport variant, Report report, Formats formats, int most = Formats.Named)
    {
        var transfer = variant.Transfer!;
        var helped = With(TransferOutcome.HelpedBeyondInterval);
        var hurtBeyond = With(TransferOutcome.HurtBeyondInterval);
        var hurt = With(TransferOutcome.Hurt);
        var unknown = With(TransferOutcome.Unknown);
        var same = With(TransferOutcome.Same);
        if (same.Count > 0 && same.Count + unknown.Count == report.Tasks.Count)
        {
            return $"{variant.Info.Name}: "
                + (Constant(variant, formats) is { } said ? said + "; " : "") + $"equal to {report.Baseline} on "
                + (unknown.Count == 0 ? $"all {same.Count} tasks." : $"{same.Count} of {report.Tasks.Count} tasks; "
                    + $"cannot be judged on {formats.Names(unknown, most)}.");
        }

        var parts = new List<string>
        {
            $"helped {transfer.HelpedOnMean} of {report.Tasks.Count} tasks on the mean, "
                + (helped.Count == 0
                    ? "none beyond the 95 % interval"
                    : $"{(helped.Count == transfer.HelpedOnMean ? "all" : helped.Count)} beyond the 95 % interval "
                        + $"({formats.Names(helped, most)})"),
            hurtBeyond.Count == 0 ? "hurt none beyond it" : $"hurt {hurtBeyond.Count} beyond it: {List(hurtBeyond, Detail, most)}",
            hurt.Count == 0 ? "hurt no other on the mean" : $"hurt on the mean only: {List(hurt, Detail, most)}",
        };
        if (hurt.Count == 0 && hurtBeyond.Count == 0)
        {
            parts.RemoveRange(1, 2);
            parts.Add("hurt none, not even on the mean");
        }

        if (unknown.Count > 0)
        {
            parts.Add($"cannot be judged on {formats.Names(unknown, most)}");
        }

        return Constant(variant, formats) is { } constant
            ? $"{variant.Info.Name}: {constant}; {string.Join("; ", parts)}."
            : $"{variant.Info.Name}: {string.Join("; ", parts)}.";

        List<int> With(TransferOutcome outcome) =>
            [
                .. Enumerable.Range(0, report.Tasks.Count).Where(t => transfer.Tasks[t].Outcome == outcome)
                    .OrderByDescending(t => Math.Abs(formats.Mixed ? transfer.Tasks[t].Improvement : transfer.Tasks[t].Delta)),
            ];

        // The value of a row is added if the difference amounts to only a few rows.
        bool IsFewRows(int t) =>
            report.Metrics[t].IsPercent() && report.TestRows[t] > 0 && Math.Abs(transfer.Tasks[t].Delta) * report.TestRows[t] < 3;

        string Detail(int t) =>
            $"{report.Tasks[t]} ({formats.Of(t).Task(t).Difference(transfer.Tasks[t].Delta)}{formats.Of(t).Unit}"
            + (transfer.Tasks[t].Outcome == TransferOutcome.HurtBeyondInterval
                ? $" {formats.Of(t).Task(t).Range(transfer.Tasks[t].Interval)}"
                : "")
            + (IsFewRows(t) ? $", one test row is {ErrorFormat.OneRow(report.TestRows[t])}" : "") + ")";
    }

    /// <summary>Returns a clause about a variant whose predictions are constant; null if they are not. The clause is needed because harm,
    /// or its absence, then says nothing about the method.</summary>
    private static string? Constant(VariantReport variant, Formats formats) =>
        variant.IsConstant
            ? $"predicts the same for every test row on all tasks{(variant.Info.TrainedOn is null ? "" : " that it is trained on")}, "
                + "which is to have learnt nothing"
        : variant.ConstantTasks.Count == 0 ? null
        : $"predicts the same for every test row on {formats.Names(variant.ConstantTasks)} in at least one run";

    private static string List(List<int> tasks, Func<int, string> text, int most) => Formats.Listed([.. tasks.Select(text)], most);
}
