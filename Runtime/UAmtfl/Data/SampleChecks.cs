using System.Globalization;
using System.Runtime.InteropServices;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Throws for samples from which a training would give plausible numbers without meaning: shapes that do not fit the tasks,
/// numbers that are not finite, labels that are not classes, tasks without labels.</summary>
public static class SampleChecks
{
    /// <summary>Checks a split and returns it with the labels in the order of the network's tasks.</summary>
    /// <param name="samples">The samples of the split.</param>
    /// <param name="split">The name of the split, for messages: <c>training</c>.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="device">The device to which the samples are copied.</param>
    /// <param name="mayBeEmpty">True if the split may have no rows, as a validation set may if nothing is chosen by it.</param>
    /// <exception cref="DataException">The split does not fit the tasks, or has a number that is not allowed.</exception>
    public static (Tensor Inputs, Labels Labels) Load(Samples samples, string split, TaskSet tasks, Device device, bool mayBeEmpty = false)
    {
        Require(samples, split, tasks, mayBeEmpty);
        var (inputs, labels) = (samples.Inputs.detach().to(device), samples.Labels.detach().to(device));
        return (inputs, samples.Owner is { } owner
            ? Labels.From(labels, owner.to(device), tasks.LabelColumns)
            : Labels.From(labels, tasks.LabelColumns));
    }

    /// <summary>Checks that the samples of a split fit the tasks and have no number that is not allowed.</summary>
    /// <param name="samples">The samples of the split.</param>
    /// <param name="split">The name of the split, for messages: <c>training</c>.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="mayBeEmpty">True if the split may have no rows.</param>
    /// <param name="mayLackInputs">True if an input may be NaN, because a transform replaces it.</param>
    /// <exception cref="DataException">The split does not fit the tasks, or has a number that is not allowed.</exception>
    internal static void Require(Samples samples, string split, TaskSet tasks, bool mayBeEmpty, bool mayLackInputs = false)
    {
        CheckShapes(samples, split, tasks, mayBeEmpty);
        var refused = mayLackInputs ? samples.Inputs.isinf() : samples.Inputs.isfinite().logical_not();
        if (refused.nonzero() is { } wrong && wrong.shape[0] > 0)
        {
            var place = wrong[0].data<long>().ToArray();
            throw new DataException(
                $"the {split} set has an input that is not finite, in row {place[0]} at [{string.Join(", ", place[1..])}] (rows count " +
                "from 0): clean or drop the row");
        }

        if (samples.Owner is { } owner)
        {
            CheckOwners(owner, split, tasks);
        }

        for (var t = 0; t < tasks.Count; t++)
        {
            if (samples.Owner is { } tasksOfRows)
            {
                var rows = tasksOfRows.eq(tasks.LabelColumns[t]).nonzero().squeeze(1);
                CheckLabels(samples.Labels.index_select(0, rows), row => rows[row].item<long>(), missing: false);
            }
            else
            {
                CheckLabels(samples.Labels.select(1, tasks.LabelColumns[t]), row => row, missing: true);
            }

            void CheckLabels(Tensor labels, Func<long, long> place, bool missing)
            {
                if (WrongLabel(labels, tasks.Tasks[t], missing) is var (row, problem, instead))
                {
                    var (at, name) = (place(row), tasks.Tasks[t].Name);
                    var label = labels[row].item<float>().ToString(CultureInfo.InvariantCulture);
                    throw new DataException(samples.Origin is { } origin
                        ? $"{origin.Label(at, tasks.LabelColumns[t])} has label {label} for task {name}; {problem}"
                            + (missing ? ", or an empty field where it is missing" : "")
                        : $"the {split} set has label {label} for task {name} in row {at} (rows count from 0); {problem}{instead}");
                }
            }
        }
    }

    /// <summary>Checks that the samples have the shape that the type of the data set states, because the generated code was written for
    /// it.</summary>
    /// <param name="splits">The splits.</param>
    /// <param name="dataset">The data set.</param>
    /// <exception cref="DataException">A split has owners of its rows and the type states none, or the reverse.</exception>
    public static void RequireShape(Splits splits, IDataset dataset)
    {
        var perTask = dataset is IPerTaskDataset;
        foreach (var (samples, split) in new[] { (splits.Train, "training"), (splits.Validation, "validation"), (splits.Test, "test") })
        {
            if (samples.Owner is null == perTask)
            {
                throw new DataException(perTask
                    ? $"the {split} set does not say which task each row is of, but {dataset.GetType().Name} is an IPerTaskDataset: " +
                        "give Samples an Owner, or implement IDataset"
                    : $"the {split} set says which task each row is of, but {dataset.GetType().Name} is no IPerTaskDataset: " +
                        "implement it, or give labels [N, T] without an Owner");
            }
        }
    }

    /// <summary>Counts the labels of each task, and throws if a task has none.</summary>
    /// <param name="labels">The training labels.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>The number of labels of each task, [T].</returns>
    /// <exception cref="DataException">A task has no labels.</exception>
    public static Tensor Counts(Labels labels, TaskSet tasks)
    {
        var counts = labels.Counts(tasks.Count);
        var values = counts.to(ScalarType.Float64).cpu().data<double>().ToArray();
        return Array.FindIndex(values, v => v == 0) is >= 0 and var t
            ? throw new DataException($"task {tasks.Tasks[t].Name} has no label in the training set: remove the task, or give it data")
            : counts;
    }

    /// <summary>Throws if an identifier (<see cref="Samples.Ids"/>) is in two of the three splits, because the error on rows that a
    /// training has seen measures memory.</summary>
    /// <param name="splits">The splits, all three with identifiers, or none.</param>
    /// <exception cref="DataException">An identifier is in two splits, or a split has no identifiers or not one for each row.</exception>
    public static void RequireDisjoint(Splits splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        (Samples Samples, string Name)[] named = [(splits.Train, "training"), (splits.Validation, "validation"), (splits.Test, "test")];
        if (Array.TrueForAll(named, s => s.Samples.Ids is null))
        {
            return;
        }

        var seen = new Dictionary<string, (int Row, string Split)>(StringComparer.Ordinal);
        foreach (var (samples, split) in named)
        {
            if (samples.Ids is not { } ids || ids.Count != samples.Count)
            {
                throw new DataException(
                    $"the {split} set has {samples.Count} rows and {samples.Ids?.Count.ToString(CultureInfo.InvariantCulture) ?? "no"} " +
                    "identifiers (Ids); give one for each row of every split, or none at all");
            }

            foreach (var (row, id) in ids.Index())
            {
                if (!seen.TryAdd(id, (row, split)) && seen[id] is var first && first.Split != split)
                {
                    throw new DataException(
                        $"'{id}' is in row {first.Row} of the {first.Split} set and in row {row} of the {split} set (rows count from " +
                        "0): give all its rows to one split");
                }
            }
        }
    }

    /// <summary>Finds the first input that is no index of a row of a table.</summary>
    /// <param name="inputs">The inputs [N, L].</param>
    /// <param name="vocabulary">The number V of rows; indices are the whole numbers from 0 to V − 1.</param>
    /// <returns>The row of the input, its value, and its place in the row; null if all are indices.</returns>
    internal static (long Row, double Value, long Column)? FirstNoIndex(Tensor inputs, int vocabulary)
    {
        using var scope = NewDisposeScope();
        var rows = inputs.to(ScalarType.Float64).cpu().contiguous();
        var numbers = MemoryMarshal.Cast<byte, double>(rows.bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!(numbers[i] >= 0 && numbers[i] < vocabulary && numbers[i] == Math.Floor(numbers[i])))
            {
                return (i / inputs.shape[1], numbers[i], i % inputs.shape[1]);
            }
        }

        return null;
    }

    private static void CheckShapes(Samples samples, string split, TaskSet tasks, bool mayBeEmpty)
    {
        var (inputs, labels) = (samples.Inputs, samples.Labels);
        var rows = inputs.shape[0];
        var fits = samples.Owner is { } owner
            ? labels.dim() == 1 && owner.dim() == 1 && labels.shape[0] == rows && owner.shape[0] == rows && owner.dtype == ScalarType.Int64
            : labels.dim() == 2 && labels.shape[1] == tasks.Count && labels.shape[0] == rows;
        if (!fits || (rows == 0 && !mayBeEmpty))
        {
            var wanted = samples.Owner is null
                ? $"the experiment's {tasks.Count} tasks need labels of shape [N, {tasks.Count}] with as many rows as the inputs, " +
                    "at least one"
                : $"rows of one task each need labels of shape [N] and an owner of shape [{rows}], int64 (it is " +
                    $"[{string.Join(", ", samples.Owner.shape)}], {samples.Owner.dtype})";
            throw new DataException(
                $"the {split} set has inputs of shape [{string.Join(", ", inputs.shape)}] and labels of shape " +
                $"[{string.Join(", ", labels.shape)}]; {wanted}");
        }

        if (inputs.dtype != ScalarType.Float32 || labels.dtype != ScalarType.Float32)
        {
            throw new DataException(
                $"the {split} set has inputs of type {inputs.dtype} and labels of type {labels.dtype}; both must be Float32: convert " +
                "them in the data set's Load");
        }
    }

    private static void CheckOwners(Tensor owner, string split, TaskSet tasks)
    {
        var wrong = owner.lt(0).logical_or(owner.ge(tasks.Count)).nonzero();
        if (wrong.shape[0] > 0)
        {
            var row = wrong[0, 0].item<long>();
            throw new DataException(
                $"the {split} set names task {owner[row].item<long>()} in row {row} (rows count from 0); the experiment's " +
                $"{tasks.Count} tasks are 0 to {tasks.Count - 1}");
        }
    }

    /// <summary>Finds a label that is no class or not finite, because a training would give plausible numbers for it.</summary>
    private static (long Row, string Problem, string Instead)? WrongLabel(Tensor labels, TaskInfo task, bool missing)
    {
        var classes = task.Kind == TaskKind.Binary ? 2 : task.Outputs;
        var wrong = task.Kind == TaskKind.Regression
            ? task.IsRate ? labels.isinf().logical_or(labels.lt(0)) : labels.isinf()
            : labels.isnan().logical_not().logical_and(labels.lt(0).logical_or(labels.ge(classes)).logical_or(labels.ne(labels.floor())));
        if (!missing)
        {
            wrong = wrong.logical_or(labels.isnan());
        }

        if (!wrong.any().item<bool>())
        {
            return null;
        }

        var allowed = task.IsRate ? "a finite number of at least 0, because its loss is Poisson"
            : task.Kind == TaskKind.Regression ? "a finite number"
            : $"0 to {classes - 1}";
        return (
            wrong.nonzero()[0, 0].item<long>(), $"a {task.Kind.ToString().ToLowerInvariant()} label must be {allowed}",
            missing ? ", or NaN where it is missing" : "; leave a row without a label out");
    }
}
