using UAmtfl.Tasks;

namespace UAmtfl.Tasks;

/// <summary>What is known of each metric: direction, unit, names.</summary>
public static class MetricTraits
{
    /// <summary>All metrics, in the order of tables.</summary>
    public static IReadOnlyList<TaskMetric> All { get; } = [.. Enum.GetValues<TaskMetric>().Where(m => m != TaskMetric.Default)];

    /// <summary>True if a higher value is a better one.</summary>
    public static bool HigherIsBetter(this TaskMetric metric) => metric is not (TaskMetric.Error or TaskMetric.Mse or TaskMetric.Rmse);

    /// <summary>True if tables and charts show the metric in per cent.</summary>
    public static bool IsPercent(this TaskMetric metric) => metric is TaskMetric.Error or TaskMetric.Accuracy;

    /// <summary>True if the metric's loss is a mean of row errors, whose differences can be resampled as they are.</summary>
    public static bool IsMean(this TaskMetric metric) => metric is TaskMetric.Error or TaskMetric.Accuracy or TaskMetric.Mse;

    /// <summary>True if the metric needs the scores and labels of the rows; else their errors are enough.</summary>
    public static bool NeedsScores(this TaskMetric metric) => metric is TaskMetric.RocAuc or TaskMetric.PrAuc or TaskMetric.F1 or TaskMetric.R2 or TaskMetric.Pearson;

    /// <summary>True if tasks of a kind have it.</summary>
    public static bool AppliesTo(this TaskMetric metric, TaskKind kind) => metric switch
    {
        TaskMetric.Error or TaskMetric.Accuracy => kind != TaskKind.Regression,
        TaskMetric.RocAuc or TaskMetric.PrAuc or TaskMetric.F1 => kind == TaskKind.Binary,
        _ => kind == TaskKind.Regression,
    };

    /// <summary>The default of a kind.</summary>
    public static TaskMetric Default(TaskKind kind) => kind == TaskKind.Regression ? TaskMetric.Mse : TaskMetric.Error;

    /// <summary>The metric as a loss: x where lower is better, 1 − x where higher is, so that a larger loss is always worse. Its own
    /// inverse.</summary>
    public static double Loss(this TaskMetric metric, double value) => metric.HigherIsBetter() ? 1 - value : value;

    /// <summary>What a task's value is called in a heading: «error %», «squared error», «ROC-AUC».</summary>
    public static string Label(this TaskMetric metric) => metric switch
    {
        TaskMetric.Error => "error %",
        TaskMetric.Accuracy => "accuracy %",
        TaskMetric.Mse => "squared error",
        _ => metric.Short(),
    };

    /// <summary>What the value over all tasks is called: «mean error %»; «test error %» where the tasks are the classes of one problem.</summary>
    public static string OverallLabel(this TaskMetric metric, bool oneVsAll) => (oneVsAll && metric.IsPercent() ? "test " : "mean ") + metric.Label();

    /// <summary>Its name in a table of many: «ROC-AUC», «MSE».</summary>
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
