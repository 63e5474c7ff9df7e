namespace UAmtfl.Evaluation.Metrics;

/// <summary>Creates the metric of a task's rows and computes it.</summary>
public static class RowMetric
{
    /// <summary>Computes a metric on the rows, each counted once.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>The metric; NaN if it is not defined on these rows.</returns>
    public static double Value(this IRowMetric metric)
    {
        var weights = new ushort[metric.Rows];
        Array.Fill(weights, (ushort)1);
        return metric.Of(weights);
    }

    /// <summary>Creates a metric of a task's test rows.</summary>
    /// <param name="metric">The metric; not <see cref="TaskMetric.Default"/>.</param>
    /// <param name="rows">The test rows of the task.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such metric.</exception>
    public static IRowMetric Create(TaskMetric metric, TaskRows rows) => metric switch
    {
        TaskMetric.Error => new ErrorRate(rows.Errors),
        TaskMetric.Accuracy => new Accuracy(rows.Errors),
        TaskMetric.Mse => new Mse(rows.Errors),
        TaskMetric.Rmse => new Rmse(rows.Errors),
        TaskMetric.RocAuc => new RocAuc(rows.Scores, rows.Labels),
        TaskMetric.PrAuc => new PrAuc(rows.Scores, rows.Labels),
        TaskMetric.F1 => new F1(rows.Predictions, rows.Labels),
        TaskMetric.R2 => new R2(rows.Scores, rows.Labels),
        TaskMetric.Pearson => new Pearson(rows.Scores, rows.Labels),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "no metric of rows"),
    };
}
