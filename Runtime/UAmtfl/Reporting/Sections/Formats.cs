using UAmtfl.Evaluation.Metrics;

namespace UAmtfl.Reporting.Sections;

/// <summary>How a report prints values: a format for each headline metric.</summary>
/// <param name="report">The report.</param>
internal sealed class Formats(Report report)
{
    /// <summary>[groups].</summary>
    public IReadOnlyList<ErrorFormat> Groups { get; } = [.. report.Groups.Select(g => new ErrorFormat(report, g))];

    /// <summary>Whether tasks have different metrics.</summary>
    public bool Mixed => Groups.Count > 1;

    /// <summary>The format of a task's values.</summary>
    public ErrorFormat Of(int task) => Of(report.Metrics[task]);

    /// <summary>The format of a metric's values.</summary>
    public ErrorFormat Of(TaskMetric metric) => Groups.First(g => g.Metric == metric);

    /// <summary>The names of tasks, the first ten of many: «A, B», «A, B and 3 more».</summary>
    public string Names(IReadOnlyList<int> tasks) =>
        string.Join(", ", tasks.Take(Named).Select(t => report.Tasks[t])) + (tasks.Count > Named ? $" and {tasks.Count - Named} more" : "");

    /// <summary>A sentence names at most this many tasks.</summary>
    public const int Named = 10;
}
