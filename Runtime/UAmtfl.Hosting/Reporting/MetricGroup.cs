using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>The tasks with one headline metric: what may be averaged, being of one unit.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Tasks">Which tasks, ascending; at least one.</param>
public sealed record MetricGroup(TaskMetric Metric, IReadOnlyList<int> Tasks)
{
    /// <summary>Groups tasks, in the order of their first.</summary>
    /// <param name="metrics">[T], the headline metric of each task.</param>
    public static IReadOnlyList<MetricGroup> Of(IReadOnlyList<TaskMetric> metrics) =>
        [.. metrics.Select((metric, t) => (metric, t)).GroupBy(m => m.metric, m => m.t).Select(g => new MetricGroup(g.Key, [.. g]))];

    /// <summary>The loss over the group's tasks: the cell's own where all tasks are in it, else the mean of those that are defined.</summary>
    /// <param name="cell">The cell.</param>
    internal double Loss(Evaluation.CellResult cell) => Tasks.Count == cell.TaskErrors.Length
        ? cell.OverallError
        : Tasks.Select(t => cell.TaskErrors[t]).Where(e => !double.IsNaN(e)).DefaultIfEmpty(double.NaN).Average();

    /// <summary><see cref="Loss"/> in the metric's own direction.</summary>
    /// <param name="cell">The cell.</param>
    internal double Value(Evaluation.CellResult cell) => Metric.Loss(Loss(cell));
}
