using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Mixes experts for each of G streams by a softmax of the input, g = softmax(G x) (Ma et al. 2018, eq. 7). A stream sees the
/// shared experts and its own; the shared stream, if there is one, sees all (Tang et al. 2020).</summary>
public sealed class SoftmaxGates : nn.Module
{
    private readonly int gates, experts, tasks, shared, own;
    private readonly Tensor? hidden;

    /// <summary>Creates gates that start at 0, so that each mixes its experts in equal parts.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="shared">The number of experts that all tasks share; they stand first.</param>
    /// <param name="own">The number of experts of each task; they stand after the shared ones, task after task.</param>
    /// <param name="sharedStream">True if a gate for a shared stream follows those of the tasks.</param>
    /// <param name="features">The number d of features, or of channels of an image, that the gates read.</param>
    /// <param name="dtype">The type of the weights.</param>
    /// <param name="device">The device of the weights.</param>
    public SoftmaxGates(int tasks, int shared, int own, bool sharedStream, int features, ScalarType dtype, Device device)
        : base(nameof(SoftmaxGates))
    {
        (this.tasks, this.shared, this.own) = (tasks, shared, own);
        gates = tasks + (sharedStream ? 1 : 0);
        experts = shared + (tasks * own);
        Weight = Parameters.Zeros([gates, experts, features], dtype, device);
        register_parameter(nameof(Weight), Weight);
        if (own > 0 && tasks > 1)
        {
            using var scope = NewDisposeScope();
            hidden = Hidden().to(dtype).to(device).DetachFromDisposeScope();
        }
    }

    /// <summary>The weights [G, E, d].</summary>
    public Parameter Weight { get; }

    /// <summary>Mixes experts that read the same input.</summary>
    /// <param name="input">The input of the experts, [N, d] or [N, d, H, W].</param>
    /// <param name="outputs">The outputs of E experts.</param>
    /// <returns>The streams [G, N, k] or [N, G·ch, H, W].</returns>
    public Tensor Mix(Tensor input, Tensor outputs) =>
        Experts.Mix(Softmax(nn.functional.linear(Experts.Pooled(input), Weight.flatten(0, 1)).unflatten(1, gates, experts)), outputs);

    /// <summary>Mixes experts of a further level; each gate reads its own stream.</summary>
    /// <param name="streams">The streams of the level before, those of the tasks and the shared one.</param>
    /// <param name="outputs">The outputs of E experts.</param>
    /// <returns>The streams [G, N, k] or [N, G·ch, H, W].</returns>
    public Tensor MixStreams(Tensor streams, Tensor outputs)
    {
        var rows = streams.dim() == 4 ? streams.mean([2, 3]).unflatten(1, tasks + 1, -1).transpose(0, 1) : streams;
        return Experts.Mix(Softmax(rows.narrow(0, 0, gates).bmm(Weight.transpose(1, 2)).transpose(0, 1)), outputs);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="Mix(Tensor, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">The name of the input of the experts.</param>
    /// <param name="outputs">The name of the outputs of the experts.</param>
    /// <param name="images">True if the input is images.</param>
    /// <param name="shape">The shape of one sample of one expert: (channels, height, width) or (features).</param>
    /// <returns>The name of the streams.</returns>
    public string Mix(OnnxGraph graph, string input, string outputs, bool images, params int[] shape)
    {
        using var scope = NewDisposeScope();
        var pooled = images ? graph.Add("Flatten", graph.Add("GlobalAveragePool", input)) : input;
        var logits = graph.Add(
            "Reshape", [graph.Linear(pooled, Weight.detach().flatten(0, 1), null), graph.Integers(0, gates, experts)]);
        return Experts.Mix(graph, Softmax(graph, logits), outputs, gates, experts, shape);
    }

    /// <summary>Adds to the graph of an exported model what <see cref="MixStreams(Tensor, Tensor)"/> does.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="streams">The name of the streams.</param>
    /// <param name="outputs">The name of the outputs of the experts.</param>
    /// <param name="images">True if the streams are images.</param>
    /// <param name="shape">The shape of one sample of one expert: (channels, height, width) or (features).</param>
    /// <returns>The name of the streams.</returns>
    public string MixStreams(OnnxGraph graph, string streams, string outputs, bool images, params int[] shape)
    {
        using var scope = NewDisposeScope();
        var rows = images
            ? graph.Add(
                "Transpose",
                graph.Add("Reshape", [graph.Add("GlobalAveragePool", streams), graph.Integers(0, tasks + 1, -1)]),
                ("perm", new[] { 1, 0, 2 }))
            : streams;
        var read = gates == tasks + 1 ? rows
            : graph.Add("Slice", [rows, graph.Integers(0), graph.Integers(gates), graph.Integers(0)]);
        var logits = graph.Add(
            "Transpose", graph.Add("MatMul", [read, graph.Constant(Weight.detach().transpose(1, 2))]), ("perm", new[] { 1, 0, 2 }));
        return Experts.Mix(graph, Softmax(graph, logits), outputs, gates, experts, shape);
    }

    /// <summary>Does nothing, because the constructor registers the parameter by its name.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        hidden?.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Softmax(Tensor logits) => nn.functional.softmax(hidden is null ? logits : Lasting.Sum(logits, hidden), -1);

    private string Softmax(OnnxGraph graph, string logits) =>
        graph.Add("Softmax", hidden is null ? logits : graph.Add("Add", [logits, graph.Constant(hidden)]), ("axis", -1));

    /// <summary>Returns −∞ where a gate does not see an expert, and 0 elsewhere, [G, E].</summary>
    private Tensor Hidden()
    {
        var mask = zeros(gates, experts);
        for (var task = 0; task < tasks; task++)
        {
            mask[task, TensorIndex.Slice(shared)] = float.NegativeInfinity;
            var first = shared + (task * own);
            mask[task, TensorIndex.Slice(first, first + own)] = 0;
        }

        return mask;
    }
}
