using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Which columns of the outputs are of which task: groups of neighbouring tasks with equally many columns.</summary>
/// <param name="groups">How many tasks, and how many columns each has.</param>
public sealed class TaskColumns(params (int Tasks, int Outputs)[] groups)
{
    /// <summary>T.</summary>
    public int Tasks { get; } = groups.Sum(g => g.Tasks);

    /// <summary>Spreads a number a task over the task's columns.</summary>
    /// <param name="values">[T]</param>
    /// <returns>[M]</returns>
    public Tensor Spread(Tensor values)
    {
        if (groups is [(_, 1)])
        {
            return values;
        }

        var (first, parts) = (0L, new List<Tensor>());
        foreach (var (tasks, outputs) in groups)
        {
            parts.Add(values.narrow(0, first, tasks).repeat_interleave(outputs));
            first += tasks;
        }

        return cat(parts);
    }

    /// <summary>Adds up the blocks of a matrix that belong to two tasks each.</summary>
    /// <param name="columns">[M, M]</param>
    /// <returns>[T, T]</returns>
    public Tensor Sum(Tensor columns)
    {
        if (groups is [(_, 1)])
        {
            return columns;
        }

        var ownership = Ownership(columns);
        return ownership.matmul(columns).matmul(ownership.t());
    }

    /// <summary>Σ over the columns of each task of gradient ⊗ weight: the gradients of tasks with respect to the features.</summary>
    /// <param name="gradients">∂/∂O [N, M]</param>
    /// <param name="weight">W [M, k]</param>
    /// <returns>[T, N, k]</returns>
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

    /// <summary>The rows of each task in one row.</summary>
    /// <param name="columns">[M, k]</param>
    /// <returns>[T, K·k], K columns a task.</returns>
    /// <exception cref="UAmtflException">Tasks have different numbers of columns.</exception>
    public Tensor Rows(Tensor columns) => groups.Select(g => g.Outputs).Distinct().Count() == 1
        ? columns.unflatten(0, Tasks, groups[0].Outputs).flatten(1)
        : throw new UAmtflException("the gradients of heads with different numbers of outputs cannot be compared; use another Site");

    /// <summary>1 where a column is the task's: [T, M].</summary>
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
