namespace UAmtfl.Tasks;

/// <summary>Gives the direction, the unit and the names of each metric.</summary>
public static class MetricTraits
{
    /// <summary>All metrics but <see cref="TaskMetric.Default"/>, in the order in which tables list them.</summary>
    public static IReadOnlyList<TaskMetric> All { get; } = [.. Enum.GetValues<TaskMetric>().Where(m => m != TaskMetric.Default)];

    /// <summary>True if a higher value of the metric is better.</summary>
    public static bool HigherIsBetter(this TaskMetric metric) => metric is not (TaskMetric.Error or TaskMetric.Mse or TaskMetric.Rmse);

    /// <summary>True if tables and charts show the metric in per cent.</summary>
    public static bool IsPercent(this TaskMetric metric) => metric is TaskMetric.Error or TaskMetric.Accuracy;

    /// <summary>True if the metric's loss is the mean of the errors of rows. The bootstrap then resamples the differences of those errors,
    /// and need not compute the metric anew.</summary>
    public static bool IsMean(this TaskMetric metric) => metric is TaskMetric.Error or TaskMetric.Accuracy or TaskMetric.Mse;

    /// <summary>True if the metric is computed from the scores and labels of the rows; false if the errors of the rows are
    /// enough.</summary>
    public static bool NeedsScores(this TaskMetric metric) =>
        metric is TaskMetric.RocAuc or TaskMetric.PrAuc or TaskMetric.F1 or TaskMetric.R2 or TaskMetric.Pearson;

    /// <summary>True if the metric is defined for tasks of a kind.</summary>
    public static bool AppliesTo(this TaskMetric metric, TaskKind kind) => metric switch
    {
        TaskMetric.Error or TaskMetric.Accuracy => kind != TaskKind.Regression,
        TaskMetric.RocAuc or TaskMetric.PrAuc or TaskMetric.F1 => kind == TaskKind.Binary,
        _ => kind == TaskKind.Regression,
    };

    /// <summary>Returns the headline metric of a kind of task for which the experiment chooses none.</summary>
    public static TaskMetric Default(TaskKind kind) => kind == TaskKind.Regression ? TaskMetric.Mse : TaskMetric.Error;

    /// <summary>Turns a value of the metric into a loss, of which larger is always worse: x if a lower value is better, 1 − x if a
    /// higher one is. The function is its own inverse, so that it also turns a loss into a value.</summary>
    public static double Loss(this TaskMetric metric, double value) => metric.HigherIsBetter() ? 1 - value : value;

    /// <summary>Returns the name of a task's value in a heading: «error %», «squared error», «ROC-AUC».</summary>
    public static string Label(this TaskMetric metric) => metric switch
    {
        TaskMetric.Error => "error %",
        TaskMetric.Accuracy => "accuracy %",
        TaskMetric.Mse => "squared error",
        _ => metric.Short(),
    };

    /// <summary>Returns the name of the value over all tasks: «mean error %», or «test error %» if the tasks are the classes of one
    /// problem.</summary>
    public static string OverallLabel(this TaskMetric metric, bool oneVsAll) =>
        (oneVsAll && metric.IsPercent() ? "test " : "mean ") + metric.Label();

    /// <summary>Returns the metric's short name, for tables of several metrics: «ROC-AUC», «MSE».</summary>
    public static string Short(this TaskMetric metric) => metric switch
    {
        TaskMetric.RocAuc => "ROC-AUC",
        TaskMetric.PrAuc => "PR-AUC",
        TaskMetric.Mse => "MSE",
        TaskMetric.Rmse => "RMSE",
        TaskMetric.R2 => "R²",
        TaskMetric.F1 => "F1",
        TaskMetric.Pearson => "Pearson",
        TaskMetric.Accuracy => "accuracy",
        _ => "error",
    };
}
