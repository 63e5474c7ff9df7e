using UAmtfl.Evaluation;

namespace UAmtfl.Reporting;

/// <summary>Finds regression tasks whose units are too different for a mean over them to be meaningful.</summary>
internal static class LabelSpread
{
    /// <summary>The largest ratio of units at which a mean over tasks is shown. Beyond it the tasks with the largest labels decide the
    /// mean.</summary>
    public const double Limit = 10;

    /// <summary>Returns the variance of a task's test labels, computed from its squared error and R² = 1 − squared error / variance;
    /// NaN if no cell has both.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="task">The index of the task.</param>
    public static double Variance(IEnumerable<CellResult> cells, int task) => cells
        .Where(c => c.TaskMetrics.ContainsKey(nameof(TaskMetric.Mse)) && c.TaskMetrics.ContainsKey(nameof(TaskMetric.R2)))
        .Select(c => c.TaskMetrics[nameof(TaskMetric.Mse)][task] / (1 - c.TaskMetrics[nameof(TaskMetric.R2)][task]))
        .FirstOrDefault(v => double.IsFinite(v) && v > 0, double.NaN);

    /// <summary>Returns the tasks on which predicting the mean has the smallest and the largest value of a metric; null if they differ
    /// by less than <see cref="Limit"/>, or the metric has no unit.</summary>
    /// <param name="report">The report.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="tasks">The tasks that are averaged.</param>
    public static ((int Task, double Value) Least, (int Task, double Value) Most)? Of(
        Report report, TaskMetric metric, IReadOnlyList<int> tasks)
    {
        if (metric is not (TaskMetric.Mse or TaskMetric.Rmse) || report.LabelVariances.Count == 0)
        {
            return null;
        }

        var values = tasks.Select(
            t => (Task: t, Value: metric == TaskMetric.Mse ? report.LabelVariances[t] : Math.Sqrt(report.LabelVariances[t])))
            .Where(v => !double.IsNaN(v.Value)).ToList();
        if (values.Count < 2)
        {
            return null;
        }

        var (least, most) = (values.MinBy(v => v.Value), values.MaxBy(v => v.Value));
        return most.Value > Limit * least.Value ? (least, most) : null;
    }

    /// <summary>Returns a clause about the spread of units: «predicting the mean has a squared error of 0.31 on Rating and of 2.1e5 on
    /// Price».</summary>
    /// <param name="report">The report.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="spread">The result of <see cref="Of"/>.</param>
    public static string Text(Report report, TaskMetric metric, ((int Task, double Value) Least, (int Task, double Value) Most) spread) =>
        $"predicting the mean has {Words(metric)} of {Numbers.Significant(spread.Least.Value)} on {report.Tasks[spread.Least.Task]} "
        + $"and of {Numbers.Significant(spread.Most.Value)} on {report.Tasks[spread.Most.Task]}";

    private static string Words(TaskMetric metric) => metric == TaskMetric.Mse ? "a squared error" : "a root mean squared error";
}
