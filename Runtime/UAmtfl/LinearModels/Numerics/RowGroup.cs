using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels.Numerics;

/// <summary>The labels of one task on some rows of a group's matrix.</summary>
/// <param name="Task">The index of the task in the problem.</param>
/// <param name="Rows">The indices of the rows, [n], ascending.</param>
/// <param name="Labels">The labels of the rows, [n].</param>
internal sealed record TaskRows(int Task, int[] Rows, double[] Labels)
{
    /// <summary>Returns the rows, with their labels, for which a condition holds.</summary>
    public TaskRows Where(Func<int, bool> condition)
    {
        var kept = Enumerable.Range(0, Rows.Length).Where(i => condition(Rows[i])).ToArray();
        return new(Task, [.. kept.Select(i => Rows[i])], [.. kept.Select(i => Labels[i])]);
    }

    /// <summary>Returns the mean of the labels.</summary>
    public double Mean() => Labels.Average();
}

/// <summary>The tasks whose rows belong to one matrix.</summary>
/// <param name="Inputs">The matrix X, row by row.</param>
/// <param name="Dimension">The number of inputs d.</param>
/// <param name="Tasks">The tasks.</param>
internal sealed record RowGroup(double[] Inputs, int Dimension, IReadOnlyList<TaskRows> Tasks)
{
    /// <summary>The number of rows N of the matrix.</summary>
    public int Count => Inputs.Length / Dimension;

    /// <summary>Returns one row of X.</summary>
    public ReadOnlySpan<double> Row(int n) => Inputs.AsSpan(n * Dimension, Dimension);

    /// <summary>Divides the tasks of a problem into groups. A task with labels for half of the matrix or less is a group of its own,
    /// because sharing would cost more than it saves.</summary>
    public static IReadOnlyList<RowGroup> Of(LinearProblem problem, bool share = true)
    {
        var dimension = (int)problem.Dimension;
        var pools = new Dictionary<Tensor, List<TaskRows>>(ReferenceEqualityComparer.Instance);
        var groups = new List<RowGroup>();
        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            var labels = task.Labels.ToArray();
            var origin = task.Origin is { } selection && 2 * selection.Rows.Count > selection.Inputs.shape[0] ? selection : null;
            var rows = origin?.Rows.ToArray() ?? [.. Enumerable.Range(0, labels.Length)];
            if (!share)
            {
                groups.Add(new(task.Inputs.ToArray(), dimension, [new(t, [.. Enumerable.Range(0, labels.Length)], labels)]));
                continue;
            }

            var pool = origin?.Inputs ?? task.Inputs;
            if (!pools.TryGetValue(pool, out var members))
            {
                pools[pool] = members = [];
            }

            members.Add(new(t, rows, labels));
        }

        groups.AddRange(pools.Select(pool => new RowGroup(pool.Key.ToArray(), dimension, pool.Value)));
        return groups;
    }
}
