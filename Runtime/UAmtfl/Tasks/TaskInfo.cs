namespace UAmtfl.Tasks;

/// <summary>The kinds of task, by what they predict.</summary>
public enum TaskKind
{
    /// <summary>The task predicts a label 0 or 1 from one logit.</summary>
    Binary,

    /// <summary>The task predicts a real number.</summary>
    Regression,

    /// <summary>The task predicts one of several classes from as many logits.</summary>
    Classification,
}

/// <summary>Describes one task of an experiment.</summary>
/// <param name="Name">The name of the task's enum member.</param>
/// <param name="Kind">The kind of the task.</param>
/// <param name="Outputs">The number of the network's outputs for the task: 1, or the number of classes.</param>
public sealed record TaskInfo(string Name, TaskKind Kind, int Outputs)
{
    /// <summary>True if the task is a regression of counts with <see cref="RegressionLoss.Poisson"/>: labels are at least 0, and
    /// predictions are rates above 0.</summary>
    public bool IsRate { get; init; }
}

/// <summary>The tasks of an experiment in the order of the network's outputs: binary, regression, classification, and as declared within a
/// kind.</summary>
/// <param name="Tasks">The tasks in the order of the network's outputs.</param>
/// <param name="LabelColumns">The column of each task in the data set's labels.</param>
/// <param name="OneVsAll">True if the tasks are the classes of one problem (<see cref="BinaryAttribute.OneVsAll"/>).</param>
public sealed record TaskSet(IReadOnlyList<TaskInfo> Tasks, IReadOnlyList<int> LabelColumns, bool OneVsAll)
{
    /// <summary>Makes a set of tasks of one kind.</summary>
    /// <param name="kind">The kind of all tasks, binary or regression.</param>
    /// <param name="names">The names of the tasks, in the order of the data set's labels.</param>
    /// <param name="rates">The value of <see cref="TaskInfo.IsRate"/> of all tasks.</param>
    public static TaskSet Family(TaskKind kind, IReadOnlyList<string> names, bool rates = false) =>
        new([.. names.Select(n => new TaskInfo(n, kind, 1) { IsRate = rates })], [.. Enumerable.Range(0, names.Count)], OneVsAll: false);

    /// <summary>The number of tasks T.</summary>
    public int Count => Tasks.Count;

    /// <summary>The tasks in the order of their declaration, which is their order in every file, table and chart.</summary>
    public TaskSet Declared
    {
        get
        {
            int[] places = [.. Enumerable.Range(0, Count).OrderBy(t => LabelColumns[t])];
            return this with { Tasks = [.. places.Select(p => Tasks[p])], LabelColumns = [.. places.Select(p => LabelColumns[p])] };
        }
    }

    /// <summary>Returns the place of a task's first output among the outputs of the network.</summary>
    /// <param name="task">One of <see cref="Tasks"/>.</param>
    internal int FirstOutput(TaskInfo task) => Tasks.TakeWhile(t => t.Name != task.Name).Sum(t => t.Outputs);

    /// <summary>The headline metric of all tasks; null if they have different ones, because their errors then have no common
    /// unit.</summary>
    public TaskMetric? CommonMetric => Tasks.Select(t => MetricOf(t.Kind)).Distinct().ToList() is [var one] ? one : null;

    /// <summary>The headline metrics that the experiment chooses by <see cref="MetricAttribute"/>, at most one for each kind of task. The
    /// other kinds have their defaults.</summary>
    public IReadOnlyList<TaskMetric> Metrics { get; init; } = [];

    /// <summary>Returns the headline metric of a kind of task, which is never <see cref="TaskMetric.Default"/>.</summary>
    /// <param name="kind">The kind of task.</param>
    public TaskMetric MetricOf(TaskKind kind)
    {
        for (var i = 0; i < Metrics.Count; i++)
        {
            if (Metrics[i] != TaskMetric.Default && Metrics[i].AppliesTo(kind))
            {
                return Metrics[i];
            }
        }

        return MetricTraits.Default(kind);
    }

    /// <summary>Checks that the headline metrics fit the tasks.</summary>
    /// <exception cref="UAmtflException">A metric is defined for none of the tasks, or two are for the same kind of task.</exception>
    public void CheckMetrics()
    {
        foreach (var metric in Metrics.Where(m => m != TaskMetric.Default))
        {
            if (!Tasks.Any(t => metric.AppliesTo(t.Kind)))
            {
                var kinds = string.Join(", ", Tasks.Select(t => t.Kind.ToString().ToLowerInvariant()).Distinct());
                throw new UAmtflException(
                    $"metric {metric} is defined for none of the experiment's tasks ({kinds}); choose one that is, or leave it out");
            }

            var other = Metrics.FirstOrDefault(m => m != metric && m != TaskMetric.Default
                && Tasks.Any(t => metric.AppliesTo(t.Kind) && m.AppliesTo(t.Kind)));
            if (other != TaskMetric.Default)
            {
                throw new UAmtflException($"metrics {metric} and {other} are both for the same kind of task; "
                    + "choose one as the headline (the report shows the others too)");
            }
        }
    }
}
