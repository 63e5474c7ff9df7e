using UAmtfl.Onnx;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Adds the heads of networks to the graph of an exported model.</summary>
public static class OnnxHeads
{
    /// <summary>Adds the heads of tasks that have a trunk each, o_t = z_t w_tᵀ + b_t.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="features">The name of the features [T, N, k].</param>
    /// <param name="weight">The weights of all heads [M, k], one row an output.</param>
    /// <param name="bias">The biases [M].</param>
    /// <param name="tasks">The T tasks in the order of the network.</param>
    /// <returns>The name of the outputs [N, M].</returns>
    public static string OwnHeads(this OnnxGraph graph, string features, Tensor weight, Tensor bias, TaskSet tasks)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(tasks);
        using var scope = NewDisposeScope();
        var owners = Owners(tasks);
        var own = owners.Length == tasks.Count ? features                        // [M, N, k]
            : graph.Add("Gather", [features, graph.Integers(owners)], ("axis", 0));
        var products = graph.Add("MatMul", [own, graph.Constant(weight.detach().unsqueeze(2))]);   // [M, N, 1]
        var rows = graph.Add("Transpose", graph.Add("Squeeze", [products, graph.Integers(2)]), ("perm", new[] { 1, 0 }));
        return graph.Add("Add", [rows, graph.Constant(bias)]);
    }

    /// <summary>Divides the logits of tasks by σ_t², as the exact likelihood does; the outputs of regressions stay.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The name of the outputs [N, M].</param>
    /// <param name="logVariances">s = log σ², [T] in the order of the network, or [1] for all tasks.</param>
    /// <param name="tasks">The T tasks in the order of the network.</param>
    /// <returns>The name of the divided outputs [N, M].</returns>
    public static string Tempered(this OnnxGraph graph, string outputs, Tensor logVariances, TaskSet tasks)
    {
        ArgumentNullException.ThrowIfNull(logVariances);
        ArgumentNullException.ThrowIfNull(tasks);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var precision = (-logVariances).exp().cpu().expand(tasks.Count).index_select(0, tensor(Owners(tasks)));
        var regressions = tensor(Array.ConvertAll(Owners(tasks), t => tasks.Tasks[(int)t].Kind == TaskKind.Regression));
        return graph.Add("Mul", [outputs, graph.Constant(where(regressions, ones_like(precision), precision))]);
    }

    /// <summary>Turns the outputs of rates, which are logarithms, into rates; those of other tasks stay.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="outputs">The name of the outputs [N, M].</param>
    /// <param name="tasks">The T tasks in the order of the network.</param>
    /// <returns>The name of the outputs [N, M].</returns>
    public static string Rates(this OnnxGraph graph, string outputs, TaskSet tasks)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(tasks);
        var owners = Owners(tasks);
        var both = graph.Add("Concat", [outputs, graph.Add("Exp", outputs)], ("axis", 1));   // [N, 2M]
        long[] places = [.. owners.Select((t, m) => tasks.Tasks[(int)t].IsRate ? owners.Length + m : m)];
        return graph.Add("Gather", [both, graph.Integers(places)], ("axis", 1));
    }

    /// <summary>Turns logits of binary tasks into the probabilities of label 1.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="logits">The name of the logits.</param>
    /// <returns>The name of the probabilities.</returns>
    internal static string Probabilities(this OnnxGraph graph, string logits) => graph.Add("Sigmoid", logits);

    /// <summary>Returns the task of each output, [M].</summary>
    private static long[] Owners(TaskSet tasks) => [.. tasks.Tasks.SelectMany((task, t) => Enumerable.Repeat((long)t, task.Outputs))];
}
