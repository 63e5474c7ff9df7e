using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>A fully connected layer whose weight changes by low-rank matrices for each of T tasks, computed as one batched
/// product.</summary>
public sealed class AdaptedLinear : AdaptedLayer
{
    private readonly int features;

    /// <summary>Creates the layer and draws its weight from the current random state, as a single layer does; the bias is 0.</summary>
    /// <param name="tasks">The number T of tasks.</param>
    /// <param name="inputs">The number I of inputs.</param>
    /// <param name="features">The number O of outputs.</param>
    /// <param name="bias">True if the layer has a bias.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public AdaptedLinear(int tasks, int inputs, int features, bool bias, ScalarType dtype, Device device)
        : base(
            nameof(AdaptedLinear), tasks, Drawn(inputs, features, bias, dtype, device),
            bias ? Parameters.Zeros([features], dtype, device) : null) => this.features = features;

    /// <inheritdoc/>
    protected override Tensor Matrix() => Weight;

    /// <summary>Applies the layer of each task.</summary>
    /// <param name="input">The inputs [N, I], the same for all tasks, or [T, N, I].</param>
    /// <returns>The outputs [T, N, O].</returns>
    public override Tensor forward(Tensor input)
    {
        var products = input.dim() == 2
            ? nn.functional.linear(input, Merged().flatten(0, 1)).view(input.shape[0], Tasks, features).transpose(0, 1)
            : input.bmm(Merged().transpose(1, 2));
        return Bias is null ? products : Lasting.Sum(products, Bias);
    }

    /// <summary>Adds the layer of each task to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the inputs [N, I], the same for all tasks, or [T, N, I].</param>
    /// <returns>The name of the outputs [T, N, O].</returns>
    public string Export(OnnxGraph graph, string h)
    {
        using var scope = NewDisposeScope();
        var products = graph.Add("MatMul", [h, graph.Constant(Merged().detach().transpose(1, 2))]);
        return Bias is null ? products : graph.Add("Add", [products, graph.Constant(Bias)]);
    }

    private static Parameter Drawn(int inputs, int features, bool bias, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var one = nn.Linear(inputs, features, hasBias: bias, dtype: dtype, device: device);
        Parameters.FanIn(one.weight, one.bias);
        return new Parameter(one.weight.clone().MoveToOuterDisposeScope());
    }
}
