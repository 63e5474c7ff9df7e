namespace UAmtfl.Generators.Models;

/// <summary>The kinds of task, with the names of <c>UAmtfl.Tasks.TaskKind</c>, in the order of the outputs.</summary>
internal enum TaskKind
{
    Binary,
    Regression,
    Classification,
}

/// <summary>The model of a task.</summary>
/// <param name="Name">The name of the enum member, or of the enum of a hierarchy.</param>
/// <param name="Kind">The kind of the task.</param>
/// <param name="Outputs">The number of the task's columns in the outputs.</param>
/// <param name="LabelColumn">The column of the task in the data set's labels, which is its position among the tasks as declared.</param>
/// <param name="Loss">The loss of the task.</param>
/// <param name="Weights">What rows count in the loss: those with label 1 of a binary task, those of each class of a classification.
/// Empty if all count the same.</param>
/// <param name="Label">The name of the task in reports; null if it is the name of the member.</param>
internal sealed record TaskModel(
    string Name,
    TaskKind Kind,
    int Outputs,
    int LabelColumn,
    LossModel Loss,
    EquatableArray<double> Weights = default,
    string? Label = null)
{
    /// <summary>The classes and the place of a task that is an enum of a hierarchy; null for another task.</summary>
    public HierarchyModel? Hierarchy { get; init; }

    /// <summary>The number of classes, 2 for a binary task and 0 for a regression.</summary>
    public int Classes => Kind.Classes(Outputs);
}

internal static class TaskKinds
{
    /// <summary>Returns the number of classes of a task with a number of outputs, 2 for a binary task and 0 for a regression.</summary>
    public static int Classes(this TaskKind kind, int outputs) =>
        kind switch { TaskKind.Binary => 2, TaskKind.Classification => outputs, _ => 0 };
}

/// <summary>A group of neighbouring tasks of the same kind, size and loss, which share one call of the loss.</summary>
internal sealed record TaskGroup(TaskKind Kind, LossModel Loss, int Outputs, int FirstTask, int Count, int FirstColumn)
{
    public int Columns => Count * Outputs;
}

/// <summary>The model of all tasks, ordered by kind, size, loss and declaration, so that groups are contiguous columns.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="OneVsAll">True if the tasks are the classes of one problem.</param>
/// <param name="Family">The name of the enum that is generated from a file; null if the user declares the tasks.</param>
/// <param name="PerTask">True if each row of the data belongs to one task.</param>
/// <param name="Metrics">The headline metrics that the experiment chooses.</param>
internal sealed record TaskSetModel(
    EquatableArray<TaskModel> Tasks, bool OneVsAll, string? Family = null, bool PerTask = false, EquatableArray<string> Metrics = default)
{
    public int Count => Tasks.Count;

    public int Columns => Tasks.Sum(t => t.Outputs);

    public bool SingleOutputs => Columns == Count;

    /// <summary>True if all tasks have the same number of outputs.</summary>
    public bool EquallyManyOutputs => Groups.Select(g => g.Outputs).Distinct().Count() < 2;

    public IReadOnlyList<TaskGroup> Groups
    {
        get
        {
            var groups = new List<TaskGroup>();
            var column = 0;
            for (var i = 0; i < Tasks.Count; column += Tasks[i].Outputs, i++)
            {
                if (groups.Count > 0
                    && groups[groups.Count - 1] is var last
                    && last.Kind == Tasks[i].Kind
                    && last.Outputs == Tasks[i].Outputs
                    && last.Loss == Tasks[i].Loss)
                {
                    groups[groups.Count - 1] = last with { Count = last.Count + 1 };
                }
                else
                {
                    groups.Add(new(Tasks[i].Kind, Tasks[i].Loss, Tasks[i].Outputs, i, 1, column));
                }
            }

            return groups;
        }
    }

    /// <summary>True if a task is an enum of a hierarchy.</summary>
    public bool HasHierarchy => Tasks.Any(t => t.Hierarchy is not null);

    public bool Has(TaskKind kind) => Tasks.Any(t => t.Kind == kind);
}
