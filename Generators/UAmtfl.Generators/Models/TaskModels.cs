namespace UAmtfl.Generators.Models;

/// <summary>What a task predicts; the names are those of <c>UAmtfl.Tasks.TaskKind</c>, the order is that of the outputs.</summary>
internal enum TaskKind
{
    Binary,
    Regression,
    Classification,
}

/// <summary>One task.</summary>
/// <param name="Name">The enum member.</param>
/// <param name="Kind">What it predicts.</param>
/// <param name="Outputs">Columns of the output.</param>
/// <param name="LabelColumn">Its column in the data set: its place among the enum members.</param>
/// <param name="Label">How reports name it; null for the name.</param>
internal sealed record TaskModel(string Name, TaskKind Kind, int Outputs, int LabelColumn, string? Label = null);

/// <summary>Neighbouring tasks of the same kind and size: one loss call serves all.</summary>
internal sealed record TaskGroup(TaskKind Kind, int Outputs, int FirstTask, int Count, int FirstColumn)
{
    public int Columns => Count * Outputs;
}

/// <summary>All tasks, ordered by kind, size and declaration, so that groups are contiguous columns.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="OneVsAll">True if they are the classes of one problem.</param>
/// <param name="Family">The name of the enum that is generated from a file; null where the user declares the tasks.</param>
/// <param name="PerTask">True if each row of the data is of one task.</param>
/// <param name="Metrics">The headline metrics asked for.</param>
internal sealed record TaskSetModel(EquatableArray<TaskModel> Tasks, bool OneVsAll, string? Family = null, bool PerTask = false, EquatableArray<string> Metrics = default)
{
    public int Count => Tasks.Count;

    public int Columns => Tasks.Sum(t => t.Outputs);

    public bool SingleOutputs => Columns == Count;

    public IReadOnlyList<TaskGroup> Groups
    {
        get
        {
            var groups = new List<TaskGroup>();
            var column = 0;
            for (var i = 0; i < Tasks.Count; column += Tasks[i].Outputs, i++)
            {
                if (groups.Count > 0 && groups[groups.Count - 1] is var last && last.Kind == Tasks[i].Kind && last.Outputs == Tasks[i].Outputs)
                {
                    groups[groups.Count - 1] = last with { Count = last.Count + 1 };
                }
                else
                {
                    groups.Add(new(Tasks[i].Kind, Tasks[i].Outputs, i, 1, column));
                }
            }

            return groups;
        }
    }

    public bool Has(TaskKind kind) => Tasks.Any(t => t.Kind == kind);
}
