namespace UAmtfl;

/// <summary>Chooses the headline metric of an experiment, which the report's tables, differences Δ and intervals show. Write it once
/// for each kind of task whose metric it changes; the other kinds keep <see cref="TaskMetric.Default"/>.</summary>
/// <param name="metric">The metric; it must be defined for at least one kind of the experiment's tasks.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MetricAttribute(TaskMetric metric) : Attribute
{
    /// <summary>The headline metric.</summary>
    public TaskMetric Metric { get; } = metric;
}

/// <summary>The metrics that a task can be measured with on its test rows.</summary>
public enum TaskMetric
{
    /// <summary>The default of each kind of task: <see cref="Error"/> for binary and classification tasks, <see cref="Mse"/> for
    /// regression tasks.</summary>
    Default,

    /// <summary>The share of rows with a wrong class, in [0, 1]; lower is better. It applies to binary and classification tasks.</summary>
    Error,

    /// <summary>The accuracy, 1 − <see cref="Error"/>, in [0, 1]; higher is better. It applies to binary and classification
    /// tasks.</summary>
    Accuracy,

    /// <summary>The area under the receiver operating characteristic, in [0, 1]; higher is better. It applies to binary tasks.</summary>
    RocAuc,

    /// <summary>The average precision, in [0, 1]; higher is better. It applies to binary tasks.</summary>
    PrAuc,

    /// <summary>The harmonic mean of precision and recall, in [0, 1]; higher is better. It applies to binary tasks.</summary>
    F1,

    /// <summary>The mean squared error, in [0, ∞); lower is better. It applies to regression tasks.</summary>
    Mse,

    /// <summary>The root of <see cref="Mse"/>, in the label's unit; lower is better. It applies to regression tasks.</summary>
    Rmse,

    /// <summary>The coefficient of determination, in (−∞, 1]; higher is better. It applies to regression tasks.</summary>
    R2,

    /// <summary>The correlation of predictions and labels, in [−1, 1]; higher is better. It applies to regression tasks.</summary>
    Pearson,
}
