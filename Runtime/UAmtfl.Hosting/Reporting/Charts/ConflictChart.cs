using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the cosines of the gradients of each two tasks as a heat map. If there are many tasks, it shows those with the lowest
/// cosines.</summary>
internal static class ConflictChart
{
    /// <summary>The largest number of tasks that are shown if not all are.</summary>
    private const int Most = 50;

    /// <summary>The number of the most conflicting pairs that the table beside the chart lists.</summary>
    private const int Listed = 20;

    public static Chart Of(VariantReport variant, GradientConflicts conflicts, Report report) => new(
        $"gradient-cosines-{Chart.FilePart(variant.Info.Name)}.svg",
        $"mean cosine of the gradients of each two tasks of {variant.Info.Name} over all steps of the training; "
            + Extremes(conflicts, report.Tasks),
        () => Draw(variant, conflicts, report))
    {
        Data = Lowest(conflicts, report.Tasks),
    };

    private static Picture Draw(VariantReport variant, GradientConflicts conflicts, Report report)
    {
        var shown = Shown(conflicts.Cosines);

        // The cosine of a task with itself says nothing, and would decide the colours of the others.
        var values = Array.ConvertAll(shown, s => Array.ConvertAll(shown, t => s == t ? double.NaN : conflicts.Cosines[s][t]));
        var largest = values.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return new HeatMap(
            $"{variant.Info.Name}: cosines of task gradients",
            Reading(variant, shown.Length, report.Tasks.Count),
            Array.ConvertAll(shown, t => report.Tasks[t]),
            values,
            ShadeScale.AroundZero(largest)).Draw();
    }

    private static string Reading(VariantReport variant, int shown, int all) =>
        (variant.Seeds.Count == 1 ? "Mean over all steps" : $"Mean over all steps and {variant.Seeds.Count} seeds")
        + (ConflictSentences.Site(variant.Info) is { } site ? $" of {site}" : "")
        + "; below 0 (orange, −) two tasks conflict"
        + (shown == all ? "." : $"; the {shown} of {all} tasks with the lowest cosines (all: cells/*/gradient-cosines.npy).");

    /// <summary>Returns the tasks that are shown, ascending: all, or those whose lowest cosine with another task is the lowest.</summary>
    private static int[] Shown(double[][] cosines)
    {
        var tasks = Enumerable.Range(0, cosines.Length);
        return cosines.Length <= TransferChart.ShownInFull
            ? [.. tasks]
            : [
                .. tasks.OrderBy(s => tasks.Where(t => t != s && !double.IsNaN(cosines[s][t])).Select(t => cosines[s][t])
                    .DefaultIfEmpty(double.PositiveInfinity).Min()).Take(Most).Order(),
            ];
    }

    private static string Extremes(GradientConflicts conflicts, IReadOnlyList<string> tasks)
    {
        var (lowest, highest) = (conflicts.Pairs[0], conflicts.Pairs[^1]);
        return lowest == highest ? $"it is {Of(lowest)}"
            : $"it is lowest for {Of(lowest)} and highest for {Of(highest)}";

        string Of(GradientPair pair) =>
            $"{tasks[pair.First]} and {tasks[pair.Second]} ({Numbers.Significant(pair.Cosine, 2)})";
    }

    private static Table Lowest(GradientConflicts conflicts, IReadOnlyList<string> tasks) => new(
        ["task", "other task", "mean cosine", "smallest of a seed", "largest of a seed", "steps in conflict %"],
        2,
        [
            .. conflicts.Pairs.Take(Listed).Select(p => new Row(
                tasks[p.First], tasks[p.Second], Numbers.Fixed(p.Cosine, 3), Numbers.Fixed(p.Low, 3), Numbers.Fixed(p.High, 3),
                Numbers.Fixed(100 * p.Conflicts, 1))),
        ]);
}
