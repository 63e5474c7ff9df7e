using UAmtfl.Evaluation.Metrics;

namespace UAmtfl.Reporting.Sections;

/// <summary>How a report prints values: a format for each headline metric.</summary>
/// <param name="report">The report.</param>
internal sealed class Formats(Report report)
{
    /// <summary>[groups].</summary>
    public IReadOnlyList<ErrorFormat> Groups { get; } = [.. report.Groups.Select(g => new ErrorFormat(report, g))];

    /// <summary>True if tasks have different metrics.</summary>
    public bool Mixed => Groups.Count > 1;

    /// <summary>The numbers of the relative error over all tasks.</summary>
    public NumberFormat Relative { get; } = new(TaskMetric.Rmse, report.Variants.Select(v => v.Relative.Mean));

    /// <summary>The format of a task's metric.</summary>
    public ErrorFormat Of(int task) => Of(report.Metrics[task]);

    /// <summary>The format of a metric's values.</summary>
    public ErrorFormat Of(TaskMetric metric) => Groups.First(g => g.Metric == metric);

    /// <summary>The names of tasks, the first ten of many: «A, B», «A, B and 3 more».</summary>
    public string Names(IReadOnlyList<int> tasks) => Listed([.. tasks.Select(t => report.Tasks[t])]);

    /// <summary>Names, the first ten of many: «A, B», «A, B and 3 more».</summary>
    public static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? $" and {names.Count - Named} more" : "");

    /// <summary>A sentence names at most this many.</summary>
    public const int Named = 10;
}
