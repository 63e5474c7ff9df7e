using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>Tells whether regression tasks have units that are near enough for a mean over them to say something.</summary>
internal static class LabelSpread
{
    /// <summary>A mean over tasks is shown up to this ratio, because beyond it the mean is all but that of the tasks with the largest labels.</summary>
    public const double Limit = 10;

    /// <summary>The variance of a task's test labels, from its squared error and R² = 1 − squared error / variance; NaN where no cell has both.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="task">The task.</param>
    public static double Variance(IEnumerable<CellResult> cells, int task) => cells
        .Where(c => c.TaskMetrics.ContainsKey(nameof(TaskMetric.Mse)) && c.TaskMetrics.ContainsKey(nameof(TaskMetric.R2)))
        .Select(c => c.TaskMetrics[nameof(TaskMetric.Mse)][task] / (1 - c.TaskMetrics[nameof(TaskMetric.R2)][task]))
        .FirstOrDefault(v => double.IsFinite(v) && v > 0, double.NaN);

    /// <summary>The tasks with the smallest and the largest value of a metric for a prediction of the mean, where these differ by more than
    /// <see cref="Limit"/>; null where they do not, or the metric has no unit.</summary>
    /// <param name="report">The report.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="tasks">The tasks that are averaged.</param>
    public static ((int Task, double Value) Least, (int Task, double Value) Most)? Of(Report report, TaskMetric metric, IReadOnlyList<int> tasks)
    {
        if (metric is not (TaskMetric.Mse or TaskMetric.Rmse) || report.LabelVariances.Count == 0)
        {
            return null;
        }

        var values = tasks.Select(t => (Task: t, Value: metric == TaskMetric.Mse ? report.LabelVariances[t] : Math.Sqrt(report.LabelVariances[t])))
            .Where(v => !double.IsNaN(v.Value)).ToList();
        if (values.Count < 2)
        {
            return null;
        }

        var (least, most) = (values.MinBy(v => v.Value), values.MaxBy(v => v.Value));
        return most.Value > Limit * least.Value ? (least, most) : null;
    }

    /// <summary>«Predicting the mean has a MSE of 0.31 on Rating and of 2.1e5 on Price».</summary>
    /// <param name="report">The report.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="spread">What <see cref="Of"/> gave.</param>
    public static string Text(Report report, TaskMetric metric, ((int Task, double Value) Least, (int Task, double Value) Most) spread) =>
        $"predicting the mean has {Words(metric)} of {Numbers.Significant(spread.Least.Value)} on {report.Tasks[spread.Least.Task]} and of "
        + $"{Numbers.Significant(spread.Most.Value)} on {report.Tasks[spread.Most.Task]}";

    private static string Words(TaskMetric metric) => metric == TaskMetric.Mse ? "a squared error" : "a root mean squared error";
}
