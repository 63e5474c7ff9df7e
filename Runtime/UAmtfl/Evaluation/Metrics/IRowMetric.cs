namespace UAmtfl.Evaluation.Metrics;

/// <summary>A metric of one task over its test rows, prepared so that it can be computed again and again for resamples of the rows.</summary>
public interface IRowMetric
{
    /// <summary>How many rows there are, N.</summary>
    int Rows { get; }

    /// <summary>The metric of a resample.</summary>
    /// <param name="weights">[N], how often each row was drawn.</param>
    /// <returns>NaN where the metric is not defined on these rows.</returns>
    double Of(ReadOnlySpan<ushort> weights);
}

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

/// <summary>What was measured on one task's test rows, those without a label left out.</summary>
/// <param name="Errors">[n], 0 or 1, or a squared error. Of one-vs-all tasks only the rows of the task's class, so n may be smaller than N.</param>
/// <param name="Scores">[N], the logit of a binary task, the value of a regression; empty where no metric needs it.</param>
/// <param name="Labels">[N], 0 or 1, the class, or the value; empty where no metric needs it.</param>
/// <param name="Predictions">[N], 0 or 1: what a binary task says of each row; empty where no metric needs it.</param>
public sealed record TaskRows(double[] Errors, double[] Scores, double[] Labels, double[] Predictions);
