using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Mixes the outputs of L stretches of the networks of T tasks, z_t = Σ_l β_tl x_t^l (Ruder et al. 2019, eq. 3).</summary>
public sealed class LayerMixture : nn.Module
{
    /// <summary>Creates the mixture.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="layers">The number L of stretches, at least 2.</param>
    /// <param name="last">The initial weight of the last stretch; the others share 1 − last in equal parts.</param>
    /// <param name="dtype">The type of β.</param>
    /// <param name="device">The device of β.</param>
    public LayerMixture(int tasks, int layers, double last, ScalarType dtype, Device device)
        : base(nameof(LayerMixture))
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var start = full([tasks, layers], (1 - last) / (layers - 1), dtype: dtype, device: device);
        start.select(1, layers - 1).fill_(last);
        Beta = new Parameter(start.MoveToOuterDisposeScope());
        register_parameter(nameof(Beta), Beta);
    }

    /// <summary>The weights β [T, L].</summary>
    public Parameter Beta { get; }

    /// <summary>Mixes the outputs of stretches.</summary>
    /// <param name="layers">The outputs of L stretches, each [T, N, k].</param>
    /// <returns>The features Z [T, N, k].</returns>
    public Tensor Mix(params ReadOnlySpan<Tensor> layers)
    {
        var mixed = Of(layers, 0);
        for (var l = 1; l < layers.Length; l++)
        {
            mixed = Lasting.Sum(mixed, Of(layers, l));
        }

        return mixed;
    }

    /// <summary>Adds the mixture to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layers">The names of the outputs of L stretches, each [T, N, k].</param>
    /// <returns>The name of the features Z [T, N, k].</returns>
    public string Export(OnnxGraph graph, params ReadOnlySpan<string> layers)
    {
        using var scope = NewDisposeScope();
        var mixed = "";
        for (var l = 0; l < layers.Length; l++)
        {
            var part = graph.Add("Mul", [layers[l], graph.Constant(Weights(l).detach())]);
            mixed = l == 0 ? part : graph.Add("Add", [mixed, part]);
        }

        return mixed;
    }

    /// <summary>Does nothing, because the constructor registers the parameter by its name.</summary>
    protected override void RegisterComponents()
    {
    }

    private Tensor Of(ReadOnlySpan<Tensor> layers, int layer) => layers[layer].mul(Weights(layer));

    /// <summary>Returns the weights of one stretch, [T, 1, 1].</summary>
    private Tensor Weights(int layer) => Beta.select(1, layer).unsqueeze(1).unsqueeze(2);
}
