namespace UAmtfl.Evaluation.Metrics;

/// <summary>What all metrics can do.</summary>
public static class RowMetric
{
    /// <summary>The metric of the rows as they are, each once.</summary>
    /// <param name="metric">The metric.</param>
    /// <returns>NaN where it is not defined on these rows.</returns>
    public static double Value(this IRowMetric metric)
    {
        var weights = new ushort[metric.Rows];
        Array.Fill(weights, (ushort)1);
        return metric.Of(weights);
    }

    /// <summary>A metric of a task's rows.</summary>
    /// <param name="metric">Which; not <see cref="TaskMetric.Default"/>.</param>
    /// <param name="rows">The rows.</param>
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
