using UAmtfl.Data;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The rows of a larger matrix that a task has.</summary>
/// <param name="Inputs">The matrix X [N, d], float64, with the rows of all tasks that refer to the same tensor.</param>
/// <param name="Rows">The indices of the task's rows, [N_t], each at most once, ascending.</param>
public sealed record RowSelection(Tensor Inputs, IReadOnlyList<int> Rows);

/// <summary>The data of one task of a linear problem.</summary>
/// <param name="Inputs">The inputs X_t [N_t, d], float64. Tasks with the same rows hold the same tensor, so that a solver can share what
/// depends on it alone.</param>
/// <param name="Labels">The labels y_t [N_t], float64: real numbers, or 0 and 1 for a binary task.</param>
/// <param name="Kind">The kind of the task: Regression (squared loss) or Binary (logistic loss).</param>
public sealed record LinearTask(Tensor Inputs, Tensor Labels, TaskKind Kind = TaskKind.Regression)
{
    /// <summary>The number of samples N_t.</summary>
    public long Count => Labels.shape[0];

    /// <summary>The larger matrix that the rows of <see cref="Inputs"/> are taken from; null if none is known. It makes a fit faster
    /// without changing its result, because tasks that differ in a few missing labels can share a decomposition. Cross-validation draws
    /// the folds of such tasks over the rows of the whole matrix.</summary>
    public RowSelection? Origin { get; init; }
}

/// <summary>The problem that the exact solvers take: T linear tasks over the same d inputs, in float64, whatever the data set's
/// type.</summary>
/// <param name="Tasks">The tasks, [T].</param>
public sealed record LinearProblem(IReadOnlyList<LinearTask> Tasks)
{
    /// <summary>The number of inputs d.</summary>
    public long Dimension => Tasks[0].Inputs.shape[1];

    /// <summary>The number of tasks T.</summary>
    public int Count => Tasks.Count;

    /// <summary>The names of the tasks, [T], for messages; null if the tasks have none.</summary>
    internal IReadOnlyList<string>? Names { get; init; }

    /// <summary>Returns what a message calls a task: its name, or its number if it has none.</summary>
    internal string Called(int task) => Names is { } names ? $"task {names[task]}" : $"task {task} (counted from 0)";

    /// <summary>Makes a problem from a data set with shared inputs, in which a task has the rows that it has a label for.</summary>
    /// <param name="inputs">The inputs X [N, d], of any floating type.</param>
    /// <param name="labels">The labels, [N, T], and their mask. Tasks whose masks are equal hold the same tensor of inputs.</param>
    /// <param name="kinds">The kind of each task, [T]: Regression or Binary.</param>
    /// <returns>A problem whose tensors belong to the caller's dispose scope.</returns>
    /// <exception cref="UAmtflException">The shapes do not fit.</exception>
    public static LinearProblem From(Tensor inputs, Labels labels, IReadOnlyList<TaskKind> kinds)
    {
        Fit(inputs, labels.Values, kinds, columns: true);
        using var scope = NewDisposeScope();
        var pool = inputs.to(ScalarType.Float64).MoveToOuterDisposeScope();
        var columns = labels.Values.to(ScalarType.Float64).t().contiguous();
        var masks = labels.Observed?.to(ScalarType.Float64).t().contiguous().data<double>().ToArray();
        var length = (int)inputs.shape[0];
        var known = new Dictionary<string, (Tensor Inputs, int[] Rows)>();
        var tasks = new LinearTask[kinds.Count];
        for (var t = 0; t < tasks.Length; t++)
        {
            var rows = Enumerable.Range(0, length).Where(n => masks is null || masks[(t * length) + n] > 0).ToArray();
            var key = rows.Length == length ? "" : string.Join(',', rows);
            using var index = tensor(rows.Select(r => (long)r).ToArray());
            if (!known.TryGetValue(key, out var shared))
            {
                shared = known[key] = (key == "" ? pool : pool.index_select(0, index).MoveToOuterDisposeScope(), rows);
            }

            tasks[t] = new(
                shared.Inputs, columns[t].index_select(0, index).MoveToOuterDisposeScope(), kinds[t])
            {
                Origin = new(pool, shared.Rows),
            };
        }

        return new(tasks);
    }

    /// <summary>Makes a problem from a data set in which each row belongs to one task.</summary>
    /// <param name="inputs">The inputs X [N, d], of any floating type.</param>
    /// <param name="labels">The labels, [N].</param>
    /// <param name="tasks">The index of each row's task, [N], int64, 0 to T − 1.</param>
    /// <param name="kinds">The kind of each task, [T]: Regression or Binary.</param>
    /// <returns>A problem whose tensors belong to the caller's dispose scope.</returns>
    /// <exception cref="UAmtflException">The shapes do not fit, or a row names a task that is not there.</exception>
    public static LinearProblem From(Tensor inputs, Tensor labels, Tensor tasks, IReadOnlyList<TaskKind> kinds)
    {
        Fit(inputs, labels, kinds, columns: false);
        if (tasks.dim() != 1 || tasks.shape[0] != inputs.shape[0])
        {
            throw new UAmtflException(
                $"The rows' task numbers have shape [{string.Join(", ", tasks.shape)}], the inputs [{string.Join(", ", inputs.shape)}]: "
                + "give one number a row.");
        }

        var rows = kinds.Select(_ => new List<long>()).ToArray();
        var owners = tasks.cpu().contiguous().data<long>().ToArray();
        for (var n = 0; n < owners.Length; n++)
        {
            if (owners[n] < 0 || owners[n] >= rows.Length)
            {
                throw new UAmtflException(
                    $"Row {n} belongs to task {owners[n]}, but the tasks are 0 to {rows.Length - 1}: check the tensor of task numbers.");
            }

            rows[owners[n]].Add(n);
        }

        using var scope = NewDisposeScope();
        var wide = inputs.to(ScalarType.Float64);
        var values = labels.to(ScalarType.Float64);
        return new([.. kinds.Select((kind, t) =>
        {
            var index = tensor(rows[t].ToArray(), dtype: ScalarType.Int64);
            return new LinearTask(
                wide.index_select(0, index).MoveToOuterDisposeScope(), values.index_select(0, index).MoveToOuterDisposeScope(), kind);
        })]);
    }

    private static void Fit(Tensor inputs, Tensor labels, IReadOnlyList<TaskKind> kinds, bool columns)
    {
        if (inputs.dim() != 2
            || labels.dim() != (columns ? 2 : 1)
            || labels.shape[0] != inputs.shape[0]
            || (columns && labels.shape[1] != kinds.Count))
        {
            throw new UAmtflException(
                $"Inputs [{string.Join(", ", inputs.shape)}] and labels [{string.Join(", ", labels.shape)}] of {kinds.Count} tasks do "
                + $"not fit: give [N, d] and {(columns ? "[N, T]" : "[N]")}.");
        }
    }
}
