using System.Globalization;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>Writes the warnings that a reader of the overview needs: few rows, undefined values, constant predictions, missing
/// cells.</summary>
internal static class OverviewWarnings
{
    public static IEnumerable<string> Of(Report report, Formats formats) =>
        [
            .. NothingLearnt(report),
            .. formats.Groups.Select(f => Granularity(report, f, formats)).OfType<string>(),
            .. formats.Groups.SelectMany(f => Undefined(
                report,
                f.Metric.Short(),
                formats,
                v => [.. f.Group.Tasks.Where(t => double.IsNaN(v.TaskValues[t]))],
                f.Group.Tasks.Count)),
            .. formats.Mixed ? Undefined(report, "relative error", formats, v => v.LeftOutTasks, report.Tasks.Count) : [],
            .. HasLearnt(report) ? report.Variants.Where(v => v.ConstantTasks.Count > 0).Select(v => Constant(v, report, formats)) : [],
            .. report.Unconverged.GroupBy(c => (c.Variant, c.Problem)).Select(g =>
                $"Warning: the solver of {g.Key.Variant} {g.Key.Problem} (seed {string.Join(", ", g.Select(c => c.Seed))}); "
                    + "what it scores is what the model scores that it stopped at."),
            .. report.Variants.SelectMany(v => v.Notices.Select(n => $"Note on {v.Info.Name}: {n}.")),
            .. TrainedOnSome(report),
            .. Unusable(report),
        ];

    /// <summary>Returns lines about the tasks that a mean leaves out: one line if they are the same for all variants, otherwise one for
    /// each variant.</summary>
    /// <param name="report">The report.</param>
    /// <param name="metric">The name of the metric.</param>
    /// <param name="formats">The formats of the report.</param>
    /// <param name="undefined">Returns the tasks on which a variant's metric is undefined in at least one run.</param>
    /// <param name="count">The number of tasks that have the metric.</param>
    public static IEnumerable<string> Undefined(
        Report report, string metric, Formats formats, Func<VariantReport, IReadOnlyList<int>> undefined, int count)
    {
        var finished = report.Variants.Where(v => v.Seeds.Count > 0).Select(v => (
            v.Info.Name,
            Tasks: (IReadOnlyList<int>)[.. undefined(v).Where(t => v.Info.Trains(report.Tasks[t]))])).ToList();
        var common = finished.Select(v => string.Join(',', v.Tasks)).Distinct().Count() == 1;
        foreach (var (name, tasks) in finished.Take(common ? 1 : finished.Count).Where(v => v.Tasks.Count > 0))
        {
            yield return $"Undefined in at least one run and left out of that run's mean: {metric}{(common ? "" : $" of {name}")} "
                + $"on {tasks.Count} of {count} tasks ({formats.Names(tasks)}).";
        }
    }

    /// <summary>Returns a line about the smallest difference that is possible on the task with the fewest test rows.</summary>
    private static string? Granularity(Report report, ErrorFormat format, Formats formats)
    {
        var smallest = format.Group.Tasks.Where(t => report.TestRows[t] > 0).OrderBy(t => report.TestRows[t]).ToList();
        if (smallest.Count == 0)
        {
            return null;
        }

        var rows = report.TestRows[smallest[0]];
        var worth = format.Metric switch
        {
            TaskMetric.Error or TaskMetric.Accuracy =>
                $"; in one run, one test row is worth {ErrorFormat.OneRow(rows)} points of its {format.Metric.Short()}",
            TaskMetric.Mse =>
                string.Create(CultureInfo.InvariantCulture, $"; in one run, one test row is worth {100.0 / rows:0.##} % of its mean"),
            _ => "",
        };
        return $"Granularity: the {(formats.Mixed ? format.Metric.Short() + " task" : "task")} with the fewest test rows "
            + $"is {report.Tasks[smallest[0]]}, with {rows}{worth}.";
    }

    /// <summary>Returns warnings about variants that predict constants, because their lack of negative transfer must not look like a
    /// success.</summary>
    private static IEnumerable<string> NothingLearnt(Report report)
    {
        if (!HasLearnt(report))
        {
            yield return "Warning: nothing was learnt. Every variant predicts the same for every test row on all tasks, so that no "
                + "difference between them, and no absence of negative transfer, says anything about the methods; "
                + "train longer, or look at the data.";
        }
    }

    /// <summary>True if a finished variant predicts anything but constants, or no variant is finished.</summary>
    private static bool HasLearnt(Report report)
    {
        var finished = report.Variants.Where(v => v.Seeds.Count > 0).ToList();
        return finished.Count == 0 || finished.Any(v => !v.IsConstant);
    }

    private static string Constant(VariantReport variant, Report report, Formats formats) =>
        $"Warning: {variant.Info.Name} predicts the same for every test row "
        + $"on {variant.ConstantTasks.Count} of {(variant.Info.TrainedOn ?? report.Tasks).Count} tasks in at least one run "
        + $"({formats.Names(variant.ConstantTasks)}); what it scores there is what a constant scores.";

    private static IEnumerable<string> TrainedOnSome(Report report)
    {
        var some = report.Variants.Where(v => v.Info.TrainedOn is not null)
            .Select(v => $"{v.Info.Name} ({v.Info.TrainedOn!.Count})").ToList();
        if (some.Count > 0)
        {
            yield return $"Trained on some of the {report.Tasks.Count} tasks, over which their means and NT are, so that they are neither "
                + $"ranked nor compared with others over all tasks: {string.Join(", ", some)}.";
        }
    }

    private static IEnumerable<string> Unusable(Report report) =>
        report.Unusable.GroupBy(u => (u.Variant, u.Reason)).Select(g =>
        {
            var seeds = g.Select(u => u.Seed).OfType<int>().ToList();
            var which = seeds.Count == 0 ? "" : $" with seed {string.Join(", ", seeds)}";
            return $"Missing: {g.Key.Variant}{which}: {g.Key.Reason}.";
        });
}
