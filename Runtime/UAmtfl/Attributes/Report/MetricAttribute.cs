namespace UAmtfl;

/// <summary>The experiment's headline metric: what the report's tables, its differences Δ and its intervals are about. Once for each
/// kind of task that it shall change; other kinds keep theirs (<see cref="TaskMetric.Default"/>).</summary>
/// <param name="metric">The metric; it must be defined for at least one kind of the experiment's tasks.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MetricAttribute(TaskMetric metric) : Attribute
{
    /// <summary>The metric.</summary>
    public TaskMetric Metric { get; } = metric;
}

/// <summary>A metric of a task's test rows.</summary>
public enum TaskMetric
{
    /// <summary><see cref="Error"/> of binary and classification tasks, <see cref="Mse"/> of regression tasks.</summary>
    Default,

    /// <summary>The share of rows with a wrong class, in [0, 1]; lower is better. Binary, classification.</summary>
    Error,

    /// <summary>1 − <see cref="Error"/>, in [0, 1]; higher is better. Binary, classification.</summary>
    Accuracy,

    /// <summary>The area under the receiver operating characteristic, in [0, 1]; higher is better. Binary.</summary>
    RocAuc,

    /// <summary>The average precision, in [0, 1]; higher is better. Binary.</summary>
    PrAuc,

    /// <summary>The harmonic mean of precision and recall, in [0, 1]; higher is better. Binary.</summary>
    F1,

    /// <summary>The mean squared error, in [0, ∞); lower is better. Regression.</summary>
    Mse,

    /// <summary>The root of <see cref="Mse"/>, in the label's unit; lower is better. Regression.</summary>
    Rmse,

    /// <summary>The coefficient of determination, in (−∞, 1]; higher is better. Regression.</summary>
    R2,

    /// <summary>The correlation of predictions and labels, in [−1, 1]; higher is better. Regression.</summary>
    Pearson,
}
