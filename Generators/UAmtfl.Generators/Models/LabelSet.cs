using System.Numerics;

namespace UAmtfl.Generators.Models;

/// <summary>The label vectors that tasks can have together, as hierarchies allow them: the tasks are trees, and a task that is no enum
/// of a hierarchy is a tree by itself.</summary>
internal sealed class LabelSet
{
    /// <summary>The largest number of vectors of a set, as the runtime's <c>FeasibleLabels</c> has it.</summary>
    public const int Most = 4096;

    private readonly IReadOnlyList<TaskModel> roots;
    private readonly ILookup<string, TaskModel> below;

    private LabelSet(IReadOnlyList<TaskModel> roots, ILookup<string, TaskModel> below)
    {
        (this.roots, this.below) = (roots, below);
        Tasks = [.. roots.SelectMany(Tree).OrderBy(t => t.LabelColumn)];
    }

    /// <summary>The tasks in the order of their label columns.</summary>
    public IReadOnlyList<TaskModel> Tasks { get; }

    /// <summary>True if a task is an enum of a hierarchy. If none is, the vectors are all combinations of classes.</summary>
    public bool HasHierarchy => Tasks.Any(t => t.Hierarchy is not null);

    /// <summary>The number of vectors.</summary>
    public BigInteger Count => CountOf(roots);

    /// <summary>The vectors, each with the class of each task, depth first in the order of the classes.</summary>
    public IEnumerable<IReadOnlyList<int>> Vectors
    {
        get
        {
            foreach (var labels in Combinations(roots))
            {
                var classes = labels.ToDictionary(l => l.Task, l => l.Class);
                yield return [.. Tasks.Select(t => classes.TryGetValue(t.Name, out var of) ? of : t.Classes - 1)];
            }
        }
    }

    /// <summary>Returns the sets of an experiment: one for each tree, or a single one if a condition connects all tasks. A regression is
    /// in none.</summary>
    public static IReadOnlyList<LabelSet> Of(TaskSetModel tasks, bool together)
    {
        var declared = tasks.Tasks.Where(t => t.Classes > 0).OrderBy(t => t.LabelColumn).ToList();
        var roots = declared.Where(t => t.Hierarchy?.Parent is null).ToList();
        var below = declared.Where(t => t.Hierarchy?.Parent is not null).ToLookup(t => t.Hierarchy!.Parent!);
        return together ? [new(roots, below)] : [.. roots.Select(root => new LabelSet([root], below))];
    }

    /// <summary>Returns the number of classes that a row can have where the task applies to it, which leaves out N/A.</summary>
    private static int Own(TaskModel task) => task.Hierarchy?.Members.Count ?? task.Classes;

    private IEnumerable<TaskModel> Tree(TaskModel root) => below[root.Name].SelectMany(Tree).Prepend(root);

    private IReadOnlyList<TaskModel> Below(TaskModel task, int of) => [.. below[task.Name].Where(t => t.Hierarchy!.Class == of)];

    private BigInteger CountOf(IEnumerable<TaskModel> tasks) =>
        tasks.Aggregate(BigInteger.One, (product, task) => product * CountOf(task));

    private BigInteger CountOf(TaskModel task) => task.Hierarchy is null ? task.Classes
        : Enumerable.Range(0, Own(task)).Aggregate(BigInteger.Zero, (sum, of) => sum + CountOf(Below(task, of)));

    /// <summary>Returns the labels that tasks and those below them can have together, the last task changing fastest. Tasks that do not
    /// apply are left out.</summary>
    private IEnumerable<IEnumerable<(string Task, int Class)>> Combinations(IEnumerable<TaskModel> tasks)
    {
        IEnumerable<IEnumerable<(string Task, int Class)>> all = [[]];
        foreach (var task in tasks)
        {
            all = all.SelectMany(before => Labels(task).Select(before.Concat));
        }

        return all;
    }

    private IEnumerable<IEnumerable<(string Task, int Class)>> Labels(TaskModel task) => Enumerable.Range(0, Own(task))
        .SelectMany(of => Combinations(Below(task, of)).Select(labels => labels.Prepend((task.Name, of))));
}
