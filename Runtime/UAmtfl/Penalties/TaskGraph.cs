using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Makes the matrix R of a graph penalty, each of whose columns is a combination of tasks that the penalty keeps small.</summary>
public static class TaskGraph
{
    /// <summary>Makes the matrix I − 11ᵀ/T, which compares every task with the mean of all.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <returns>R [T, T], float64.</returns>
    public static Tensor Mean(int tasks)
    {
        using var scope = NewDisposeScope();
        return (eye(tasks, dtype: ScalarType.Float64) - (1.0 / tasks)).MoveToOuterDisposeScope();
    }

    /// <summary>Makes the incidence matrix of a graph, which compares the two tasks of each edge.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="edges">The edges: two tasks each, from 0 to T − 1, and a weight, at least 0.</param>
    /// <returns>R [T, edges], float64: √weight and −√weight at an edge's tasks.</returns>
    /// <exception cref="UAmtflException">An edge joins a task with itself, names a task that there is not, or has a weight below
    /// 0.</exception>
    public static Tensor Edges(int tasks, IReadOnlyList<(int First, int Second, double Weight)> edges)
    {
        var incidence = new double[tasks, edges.Count];
        for (var e = 0; e < edges.Count; e++)
        {
            var (first, second, weight) = edges[e];
            if (first == second || first < 0 || second < 0 || first >= tasks || second >= tasks
                || !(weight >= 0 && double.IsFinite(weight)))
            {
                var edge = FormattableString.Invariant($"Edge {e} of the task graph is ({first}, {second}) with weight {weight}");
                throw new UAmtflException($"{edge}: name two tasks from 0 to {tasks - 1} and a weight of at least 0.");
            }

            (incidence[first, e], incidence[second, e]) = (Math.Sqrt(weight), -Math.Sqrt(weight));
        }

        return tensor(incidence);
    }

    /// <summary>Makes the matrix that compares every task with the next, for tasks such as points in time (Zhou et al. 2011, temporal
    /// group lasso).</summary>
    /// <param name="tasks">The number of tasks T, at least 2.</param>
    /// <returns>R [T, T − 1], float64.</returns>
    public static Tensor Chain(int tasks) => Chain([.. Enumerable.Range(0, tasks)]);

    /// <summary>Makes the matrix that compares every task with the next in a given order.</summary>
    /// <param name="order">The tasks in order: each number from 0 to T − 1 once.</param>
    /// <returns>R [T, T − 1], float64; row t is task t.</returns>
    public static Tensor Chain(IReadOnlyList<int> order) =>
        Edges(order.Count, [.. Enumerable.Range(0, order.Count - 1).Select(i => (order[i], order[i + 1], 1.0))]);
}
