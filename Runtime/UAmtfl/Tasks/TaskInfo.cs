namespace UAmtfl.Tasks;

/// <summary>What a task predicts.</summary>
public enum TaskKind
{
    /// <summary>A label 0 or 1 from one logit.</summary>
    Binary,

    /// <summary>A real number.</summary>
    Regression,

    /// <summary>One of several classes from as many logits.</summary>
    Classification,
}

/// <summary>One task.</summary>
/// <param name="Name">The enum member.</param>
/// <param name="Kind">What it predicts.</param>
/// <param name="Outputs">How many columns of the output it has: 1, or the number of classes.</param>
public sealed record TaskInfo(string Name, TaskKind Kind, int Outputs);

/// <summary>The tasks of an experiment, in the order of the network's outputs: binary, regression, classification, and within a
/// kind as declared.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="LabelColumns">For each task its column in the data set's labels.</param>
/// <param name="OneVsAll">True if the tasks are the classes of one problem (<see cref="BinaryAttribute.OneVsAll"/>).</param>
public sealed record TaskSet(IReadOnlyList<TaskInfo> Tasks, IReadOnlyList<int> LabelColumns, bool OneVsAll)
{
    /// <summary>Tasks of one kind, in the order of the data set's labels.</summary>
    /// <param name="kind">Binary or regression.</param>
    /// <param name="names">[T]</param>
    public static TaskSet Family(TaskKind kind, IReadOnlyList<string> names) => new([.. names.Select(n => new TaskInfo(n, kind, 1))], [.. Enumerable.Range(0, names.Count)], OneVsAll: false);

    /// <summary>T.</summary>
    public int Count => Tasks.Count;

    /// <summary>The same tasks in the order of their declaration, which is the order of every file, table and chart.</summary>
    public TaskSet Declared
    {
        get
        {
            int[] places = [.. Enumerable.Range(0, Count).OrderBy(t => LabelColumns[t])];
            return this with { Tasks = [.. places.Select(p => Tasks[p])], LabelColumns = [.. places.Select(p => LabelColumns[p])] };
        }
    }

    /// <summary>The headline metric where all tasks have the same one; null where they have different ones, so that their errors have no
    /// common unit.</summary>
    public TaskMetric? CommonMetric => Tasks.Select(t => MetricOf(t.Kind)).Distinct().ToList() is [var one] ? one : null;

    /// <summary>The headline metrics asked for (<see cref="MetricAttribute"/>), at most one a kind; other kinds have their defaults.</summary>
    public IReadOnlyList<TaskMetric> Metrics { get; init; } = [];

    /// <summary>The headline metric of a kind of task; never <see cref="TaskMetric.Default"/>.</summary>
    /// <param name="kind">The kind.</param>
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
    /// <exception cref="UAmtflException">A metric is defined for no task, or two are for one kind.</exception>
    public void CheckMetrics()
    {
        foreach (var metric in Metrics.Where(m => m != TaskMetric.Default))
        {
            if (!Tasks.Any(t => metric.AppliesTo(t.Kind)))
            {
                throw new UAmtflException($"metric {metric} is defined for none of the experiment's tasks ({string.Join(", ", Tasks.Select(t => t.Kind.ToString().ToLowerInvariant()).Distinct())}); choose one that is, or leave it out");
            }

            if (Metrics.FirstOrDefault(m => m != metric && m != TaskMetric.Default && Tasks.Any(t => metric.AppliesTo(t.Kind) && m.AppliesTo(t.Kind))) is var other and not TaskMetric.Default)
            {
                throw new UAmtflException($"metrics {metric} and {other} are both for the same kind of task; choose one as the headline (the report shows the others too)");
            }
        }
    }
}
