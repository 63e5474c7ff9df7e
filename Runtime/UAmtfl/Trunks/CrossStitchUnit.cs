using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Mixes the activations of T networks side by side, x̃_t = Σ_s α_ts x_s (Misra et al. 2016, eq. 1), or G subspaces of each,
/// which are blocks of consecutive channels (Ruder et al. 2019, eq. 1).</summary>
public sealed class CrossStitchUnit : nn.Module<Tensor, Tensor>
{
    private readonly int tasks, subspaces, streams;

    /// <summary>Creates the unit.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="channels">The number of channels or features that have α of their own; 0 if all have the same.</param>
    /// <param name="self">The initial α of a task, or of a subspace, with itself.</param>
    /// <param name="cross">The initial sum of its α with all others; unused if there is no other.</param>
    /// <param name="dtype">The type of α.</param>
    /// <param name="device">The device of α.</param>
    /// <param name="subspaces">The number G of subspaces of each task, which divides that of channels.</param>
    public CrossStitchUnit(
        int tasks, int channels, double self, double cross, ScalarType dtype, Device device, int subspaces = 1)
        : base(nameof(CrossStitchUnit))
    {
        (this.tasks, this.subspaces, streams) = (tasks, subspaces, tasks * subspaces);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var share = streams > 1 ? cross / (streams - 1) : 0;
        var start = full([streams, streams], share, dtype: dtype, device: device);
        start.diagonal().fill_(self);
        var values = channels > 0 ? start.unsqueeze(2).expand(-1, -1, channels).clone() : start;
        Alpha = new Parameter(values.MoveToOuterDisposeScope());
        register_parameter(nameof(Alpha), Alpha);
    }

    /// <summary>The weights α [T·G, T·G], or [T, T, channels]: a row says what a task, or a subspace of it, takes from each.</summary>
    public Parameter Alpha { get; }

    /// <summary>Mixes the activations of the tasks.</summary>
    /// <param name="input">The activations [N, T·ch, H, W] of images or [T, N, k] of rows.</param>
    /// <returns>The mixed activations in the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        if (Alpha.dim() == 2)
        {
            return subspaces > 1 && input.dim() == 3 ? Joined(Mixed(Alpha, Apart(input))) : Mixed(Alpha, input);
        }

        return input.dim() == 3
            ? einsum("tsk,snk->tnk", Alpha, input)
            : einsum("tsc,nschw->ntchw", Alpha, input.unflatten(1, streams, -1)).flatten(1, 2);
    }

    /// <summary>Mixes the activations of P networks side by side into C others, x̃_c = Σ_p w_cp x_p.</summary>
    /// <param name="weights">The weights [C, P].</param>
    /// <param name="input">The activations [N, P·ch, H, W] of images or [P, N, k] of rows.</param>
    /// <returns>The mixed activations [N, C·ch, H, W] or [C, N, k].</returns>
    internal static Tensor Mixed(Tensor weights, Tensor input)
    {
        var (to, from) = (weights.shape[0], weights.shape[1]);
        if (input.dim() == 3)
        {
            return weights.matmul(input.flatten(1)).view(to, input.shape[1], input.shape[2]);
        }

        var own = input.unflatten(1, from, -1);   // [N, P, ch, H, W]
        return weights.matmul(own.flatten(2)).view(own.shape[0], to, own.shape[2], own.shape[3], own.shape[4]).flatten(1, 2);
    }

    /// <summary>Adds the unit to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the activations [N, T·ch, H, W] or [T, N, k].</param>
    /// <param name="shape">The shape of one sample of one task: (channels, height, width) or (features).</param>
    /// <returns>The name of the mixed activations.</returns>
    public string Export(OnnxGraph graph, string h, params int[] shape)
    {
        using var scope = NewDisposeScope();
        var alpha = Alpha.detach();
        var (rows, channels) = (shape.Length == 1, shape[0]);

        // [T, N, k] and [N, T·ch, …] become [N, T·G, channels, rest], in which channels mix with their own kind only.
        var apart = graph.Add(
            "Reshape",
            [rows ? graph.Add("Transpose", h, ("perm", new[] { 1, 0, 2 })) : h, graph.Integers(0, streams, channels / subspaces, -1)]);
        var byChannel = graph.Add("Transpose", apart, ("perm", new[] { 0, 2, 1, 3 }));   // [N, channels, T·G, rest]
        var weights = alpha.dim() == 2 ? alpha : alpha.permute(2, 0, 1);                 // [T·G, T·G] or [channels, T, T]
        var mixed = graph.Add(
            "Transpose", graph.Add("MatMul", [graph.Constant(weights), byChannel]), ("perm", new[] { 0, 2, 1, 3 }));
        return rows
            ? graph.Add("Transpose", graph.Add("Reshape", [mixed, graph.Integers(0, tasks, -1)]), ("perm", new[] { 1, 0, 2 }))
            : graph.Add("Reshape", [mixed, graph.Integers(0, tasks * channels, shape[1], shape[2])]);
    }

    /// <summary>Does nothing, because the constructor registers the parameter by its name.</summary>
    protected override void RegisterComponents()
    {
    }

    /// <summary>Turns rows [T, N, k] into those of subspaces, [T·G, N, k / G].</summary>
    private Tensor Apart(Tensor rows) => rows.unflatten(2, subspaces, -1).transpose(1, 2).flatten(0, 1);

    /// <summary>Turns the rows of subspaces [T·G, N, k / G] into [T, N, k].</summary>
    private Tensor Joined(Tensor rows) => rows.unflatten(0, tasks, subspaces).transpose(1, 2).flatten(2);
}
