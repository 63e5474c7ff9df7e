using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Mixes the activations of T networks side by side, x̃_t = Σ_s α_ts x_s (Misra et al. 2016, eq. 1).</summary>
public sealed class CrossStitchUnit : nn.Module<Tensor, Tensor>
{
    private readonly int tasks;

    /// <summary>Creates the unit.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="channels">The number of channels or features that have α of their own; 0 if all have the same.</param>
    /// <param name="self">The initial α_tt.</param>
    /// <param name="cross">The initial sum of α_ts over s ≠ t; unused for one task.</param>
    /// <param name="dtype">The type of α.</param>
    /// <param name="device">The device of α.</param>
    public CrossStitchUnit(int tasks, int channels, double self, double cross, ScalarType dtype, Device device)
        : base(nameof(CrossStitchUnit))
    {
        this.tasks = tasks;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var share = tasks > 1 ? cross / (tasks - 1) : 0;
        var start = full([tasks, tasks], share, dtype: dtype, device: device);
        start.diagonal().fill_(self);
        var values = channels > 0 ? start.unsqueeze(2).expand(-1, -1, channels).clone() : start;
        Alpha = new Parameter(values.MoveToOuterDisposeScope());
        register_parameter(nameof(Alpha), Alpha);
    }

    /// <summary>The weights α [T, T], or [T, T, channels]: row t says what task t takes from each task.</summary>
    public Parameter Alpha { get; }

    /// <summary>Mixes the activations of the tasks.</summary>
    /// <param name="input">The activations [N, T·ch, H, W] of images or [T, N, k] of rows.</param>
    /// <returns>The mixed activations in the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() == 3)
        {
            return Alpha.dim() == 2
                ? Alpha.matmul(input.flatten(1)).view(input.shape)
                : einsum("tsk,snk->tnk", Alpha, input);
        }

        var own = input.unflatten(1, tasks, -1);   // [N, T, ch, H, W]
        var mixed = Alpha.dim() == 2
            ? Alpha.matmul(own.flatten(2)).view(own.shape)
            : einsum("tsc,nschw->ntchw", Alpha, own);
        return mixed.flatten(1, 2);
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

        // [T, N, k] and [N, T, …] become [N, T, channels, rest], in which channels mix with their own kind only.
        var apart = rows
            ? graph.Add("Unsqueeze", [graph.Add("Transpose", h, ("perm", new[] { 1, 0, 2 })), graph.Integers(3)])
            : graph.Add("Reshape", [h, graph.Integers(0, tasks, channels, -1)]);
        var byChannel = graph.Add("Transpose", apart, ("perm", new[] { 0, 2, 1, 3 }));   // [N, channels, T, rest]
        var weights = alpha.dim() == 2 ? alpha : alpha.permute(2, 0, 1);                 // [T, T] or [channels, T, T]
        var mixed = graph.Add(
            "Transpose", graph.Add("MatMul", [graph.Constant(weights), byChannel]), ("perm", new[] { 0, 2, 1, 3 }));
        return rows
            ? graph.Add("Transpose", graph.Add("Squeeze", [mixed, graph.Integers(3)]), ("perm", new[] { 1, 0, 2 }))
            : graph.Add("Reshape", [mixed, graph.Integers(0, tasks * channels, shape[1], shape[2])]);
    }

    /// <summary>Does nothing, because the constructor registers the parameter by its name.</summary>
    protected override void RegisterComponents()
    {
    }
}
