using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The columns of the outputs that belong to each task, in groups of neighbouring tasks with equally many columns.</summary>
/// <param name="groups">The number of tasks and the number of columns of each task, for each group.</param>
public sealed class TaskColumns(params (int Tasks, int Outputs)[] groups)
{
    /// <summary>The number of tasks T.</summary>
    public int Tasks { get; } = groups.Sum(g => g.Tasks);

    /// <summary>Copies the number of each task to all columns of the task.</summary>
    /// <param name="values">The numbers [T].</param>
    /// <returns>The numbers [M] of the columns.</returns>
    public Tensor Spread(Tensor values) => Repeat(values);

    /// <summary>Copies what belongs to each task to all columns of the task.</summary>
    /// <param name="values">The values of the tasks, [T, …].</param>
    /// <returns>The values of the columns, [M, …].</returns>
    public Tensor Repeat(Tensor values)
    {
        if (groups is [(_, 1)])
        {
            return values;
        }

        var (first, parts) = (0L, new List<Tensor>());
        foreach (var (tasks, outputs) in groups)
        {
            parts.Add(values.narrow(0, first, tasks).repeat_interleave(outputs, 0));
            first += tasks;
        }

        return cat(parts);
    }

    /// <summary>Adds up the entries of a matrix in each block, which belongs to one task by its rows and to one by its columns.</summary>
    /// <param name="columns">The matrix [M, M].</param>
    /// <returns>The sums [T, T].</returns>
    public Tensor Sum(Tensor columns)
    {
        if (groups is [(_, 1)])
        {
            return columns;
        }

        var ownership = Ownership(columns);
        return ownership.matmul(columns).matmul(ownership.t());
    }

    /// <summary>Returns the gradients of tasks with respect to the features: Σ over the columns of each task of gradient ⊗
    /// weight.</summary>
    /// <param name="gradients">The gradients ∂/∂O [N, M].</param>
    /// <param name="weight">The weights W [M, k].</param>
    /// <returns>The gradients [T, N, k].</returns>
    public Tensor ToFeatures(Tensor gradients, Tensor weight)
    {
        var (column, parts) = (0L, new List<Tensor>());
        foreach (var (tasks, outputs) in groups)
        {
            var (g, w) = (gradients.narrow(1, column, tasks * outputs), weight.narrow(0, column, tasks * outputs));
            parts.Add(outputs == 1
                ? g.t().unsqueeze(2) * w.unsqueeze(1)
                : g.unflatten(1, tasks, outputs).transpose(0, 1).bmm(w.unflatten(0, tasks, outputs)));
            column += tasks * outputs;
        }

        return parts.Count == 1 ? parts[0] : cat(parts);
    }

    /// <summary>Joins the rows of each task into one row.</summary>
    /// <param name="columns">The matrix [M, k].</param>
    /// <returns>The matrix [T, K·k] for K columns of each task.</returns>
    /// <exception cref="UAmtflException">The tasks have different numbers of columns.</exception>
    public Tensor Rows(Tensor columns) => groups.Select(g => g.Outputs).Distinct().Count() == 1
        ? columns.unflatten(0, Tasks, groups[0].Outputs).flatten(1)
        : throw new UAmtflException("the gradients of heads with different numbers of outputs cannot be compared; use another Site");

    /// <summary>Returns a matrix [T, M] that is 1 where the column belongs to the row's task, and 0 elsewhere.</summary>
    private Tensor Ownership(Tensor like)
    {
        var (task, column) = (0L, 0L);
        var ownership = zeros(Tasks, like.shape[0], dtype: like.dtype, device: like.device);
        foreach (var (tasks, outputs) in groups)
        {
            ownership.narrow(0, task, tasks)
                .narrow(1, column, tasks * outputs)
                .copy_(eye(tasks, dtype: like.dtype, device: like.device).repeat_interleave(outputs, 1));
            (task, column) = (task + tasks, column + (tasks * outputs));
        }

        return ownership;
    }
}
