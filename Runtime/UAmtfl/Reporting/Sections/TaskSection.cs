using System.Globalization;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Hosting;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>The tasks one by one; of a long family the best and the worst, and how the rest is distributed.</summary>
internal static class TaskSection
{
    /// <summary>Up to this many tasks are listed in full.</summary>
    public const int ListedInFull = 30;

    private const int Extremes = 10;

    public static Section Of(Report report, ErrorFormat format)
    {
        var tasks = Enumerable.Range(0, report.Tasks.Count).ToList();
        var lines = new List<string>();
        var tables = new List<Table>();
        if (tasks.Count <= ListedInFull)
        {
            tables.Add(Listing(report, format, tasks));
        }
        else
        {
            var focus = Focus(report);
            var ranked = tasks.Where(t => double.IsFinite(Key(focus, t))).OrderBy(t => Key(focus, t)).ToList();
            var key = focus.Transfer is null ? $"error of {focus.Info.Name}" : $"difference of {focus.Info.Name} from {report.Baseline}";
            tables.Add(Listing(report, format, [.. ranked.TakeLast(Extremes).Reverse().Concat(ranked.Take(Math.Min(Extremes, ranked.Count - Extremes)).Reverse())]));
            lines.Add($"Of {tasks.Count} tasks: the {Extremes} worst and the {Extremes} best by the {key}, worst first. All are in report.json.");
            if (report.Baseline is not null)
            {
                tables.Add(Distribution(report, format));
                lines.Add($"Second table: the distribution over tasks of the difference from {report.Baseline}.");
            }
        }

        lines.Add($"{report.TaskMetric}, mean over seeds" + (report.Baseline is null
            ? "."
            : $"; in brackets the difference from {report.Baseline}: above 0 is negative transfer, and * marks a 95 % interval that excludes 0."));
        return new Section("Tasks", tables, lines, report.Baseline is null || report.Variants.All(v => v.Transfer is null) ? [] : [ImprovementChart.Of(report)]);
    }

    /// <summary>The variant by which tasks are ranked: the proposed one, else the first that transferred, else the first.</summary>
    private static VariantReport Focus(Report report) =>
        report.Variants.FirstOrDefault(v => v.Info.Role == VariantRole.Proposed && v.Transfer is not null)
        ?? report.Variants.FirstOrDefault(v => v.Transfer is not null)
        ?? report.Variants.FirstOrDefault(v => v.Seeds.Count > 0)
        ?? report.Variants[0];

    private static double Key(VariantReport variant, int task) => variant.Transfer?.Tasks[task].Delta ?? variant.TaskErrors[task];

    private static Table Listing(Report report, ErrorFormat format, IReadOnlyList<int> tasks)
    {
        var variants = report.Variants.Where(v => v.Seeds.Count > 0).OrderBy(v => v.Info.Name != report.Baseline).ToList();
        return new Table(
            ["task", "test rows", .. variants.Select(v => v.Info.Name)],
            1,
            [.. tasks.Select(t => new Row([report.Tasks[t], report.TestRows[t].ToString(CultureInfo.InvariantCulture), .. variants.Select(v => Cell(v, t, format))]))]);
    }

    private static Cell Cell(VariantReport variant, int task, ErrorFormat format)
    {
        var error = format.Value(variant.TaskErrors[task]);
        if (variant.Transfer?.Tasks[task] is not { Outcome: not TransferOutcome.Unknown } transfer)
        {
            return error;
        }

        var tone = transfer.Outcome switch
        {
            TransferOutcome.HurtBeyondInterval => Tone.Bad,
            TransferOutcome.HelpedBeyondInterval => Tone.Good,
            _ => Tone.Plain,
        };
        return new Cell($"{error} ({format.Difference(transfer.Outcome == TransferOutcome.Same ? 0 : transfer.Delta)}{(tone == Tone.Plain ? "" : "*")})", tone);
    }

    private static Table Distribution(Report report, ErrorFormat format) => new(
        ["variant", "helped", "hurt", "helped beyond 95 %", "hurt beyond 95 %", "minimum", "25 %", "median", "75 %", "maximum"],
        1,
        [.. report.Variants.Where(v => v.Transfer is not null).Select(v =>
        {
            var transfer = v.Transfer!;
            var deltas = transfer.Tasks.Select(t => t.Delta).Where(double.IsFinite).Order().ToArray();
            return new Row([
                v.Info.Name,
                $"{transfer.HelpedOnMean}", $"{transfer.HurtOnMean}", $"{transfer.HelpedBeyondInterval}", $"{transfer.HurtBeyondInterval}",
                .. new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(q => (Cell)format.Difference(Quantile.Of(deltas, q)))]);
        })]);
}
