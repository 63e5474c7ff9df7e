using TorchSharp.Modules;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Fuses the channels of T networks side by side, x̃_t = ReLU(norm(W_t [x_1; …; x_T])) (Gao et al. 2019). The convolutions
/// of 1×1 of all tasks are one product.</summary>
public sealed class FusionUnit : nn.Module<Tensor, Tensor>
{
    /// <summary>Creates the unit, whose blocks W_ts start as multiples of the identity.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="channels">The number C of channels, or of features, of a task.</param>
    /// <param name="self">The initial diagonal of W_tt.</param>
    /// <param name="cross">The initial sum of the diagonals of W_ts over s ≠ t; unused if there is one task.</param>
    /// <param name="normalise">True if batch normalisation and a rectifier follow.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public FusionUnit(int tasks, int channels, double self, double cross, bool normalise, ScalarType dtype, Device device)
        : base(nameof(FusionUnit))
    {
        using (NewDisposeScope())
        using (no_grad())
        {
            var start = full([tasks, tasks], tasks > 1 ? cross / (tasks - 1) : 0, dtype: dtype, device: device);
            start.diagonal().fill_(self);
            Weight = new Parameter(kron(start, eye(channels, dtype: dtype, device: device)).MoveToOuterDisposeScope());
        }

        register_parameter(nameof(Weight), Weight);
        if (normalise)
        {
            // ε and momentum of public programs of the method.
            Norm = nn.BatchNorm1d(tasks * channels, eps: 1e-3, momentum: 0.05, dtype: dtype, device: device);
            register_module(nameof(Norm), Norm);
        }
    }

    /// <summary>The weights W [T·C, T·C], the rows of task after task.</summary>
    public Parameter Weight { get; }

    /// <summary>The normalisation of T·C channels; null if there is none.</summary>
    public BatchNorm1d? Norm { get; }

    /// <summary>Fuses the activations of the tasks.</summary>
    /// <param name="input">The activations [N, T·C, H, W] of images or [T, N, C] of rows.</param>
    /// <returns>The fused activations in the same shape.</returns>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() == 3)
        {
            var rows = input.transpose(0, 1);   // [N, T, C]
            return Normed(nn.functional.linear(rows.flatten(1), Weight)).view(rows.shape).transpose(0, 1);
        }

        return Normed(Weight.matmul(input.flatten(2))).view(input.shape);
    }

    /// <summary>Adds the unit to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the activations [N, T·C, H, W] or [T, N, C].</param>
    /// <param name="shape">The shape of one sample of one task: (channels, height, width) or (features).</param>
    /// <returns>The name of the fused activations.</returns>
    public string Export(OnnxGraph graph, string h, params int[] shape)
    {
        using var scope = NewDisposeScope();
        var (rows, all) = (shape.Length == 1, Weight.shape[0]);
        var apart = graph.Add(
            "Reshape",
            [rows ? graph.Add("Transpose", h, ("perm", new[] { 1, 0, 2 })) : h, graph.Integers(0, all, -1)]);   // [N, T·C, rest]
        var fused = graph.Add("MatMul", [graph.Constant(Weight.detach()), apart]);
        if (Norm is not null)
        {
            fused = graph.Add("Relu", graph.BatchNorm(fused, Norm));
        }

        return rows
            ? graph.Add(
                "Transpose", graph.Add("Reshape", [fused, graph.Integers(0, all / shape[0], shape[0])]), ("perm", new[] { 1, 0, 2 }))
            : graph.Add("Reshape", [fused, graph.Integers(0, all, shape[1], shape[2])]);
    }

    /// <summary>Does nothing, because the constructor registers the parameters by their names.</summary>
    protected override void RegisterComponents()
    {
    }

    private Tensor Normed(Tensor fused) => Norm is null ? fused : Norm.call(fused).relu();
}
