using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>The tasks that have the same headline metric, whose values can be averaged because they have the same unit.</summary>
/// <param name="Metric">The headline metric.</param>
/// <param name="Tasks">The indices of the tasks, ascending; at least one.</param>
public sealed record MetricGroup(TaskMetric Metric, IReadOnlyList<int> Tasks)
{
    /// <summary>Returns the groups of tasks with the same headline metric, in the order of the first task of each group.</summary>
    /// <param name="metrics">The headline metric of each task, [T].</param>
    public static IReadOnlyList<MetricGroup> Of(IReadOnlyList<TaskMetric> metrics) =>
        [.. metrics.Select((metric, t) => (metric, t)).GroupBy(m => m.metric, m => m.t).Select(g => new MetricGroup(g.Key, [.. g]))];

    /// <summary>Returns the loss over the tasks of the group: the cell's overall error if the group has all tasks, else the mean of the
    /// errors that are defined.</summary>
    /// <param name="cell">The cell.</param>
    internal double Loss(Evaluation.CellResult cell) => Tasks.Count == cell.TaskErrors.Length
        ? cell.OverallError
        : Tasks.Select(t => cell.TaskErrors[t]).Where(e => !double.IsNaN(e)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Returns the value of the metric over the tasks of the group, which is <see cref="Loss"/> in the metric's own
    /// direction.</summary>
    /// <param name="cell">The cell.</param>
    internal double Value(Evaluation.CellResult cell) => Metric.Loss(Loss(cell));
}
