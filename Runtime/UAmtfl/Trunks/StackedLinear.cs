using TorchSharp.Modules;
using UAmtfl.Numerics;
using UAmtfl.Onnx;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C fully connected layers side by side, computed as one batched product: h_c W_cᵀ + b_c.</summary>
public sealed class StackedLinear : Stack
{
    private readonly int features;

    /// <summary>Creates the layers and draws their weights one after the other from the current random state, each as a single layer draws
    /// them; biases are 0.</summary>
    /// <param name="copies">The number C of layers.</param>
    /// <param name="inputs">The number I of inputs of each layer.</param>
    /// <param name="features">The number O of outputs of each layer.</param>
    /// <param name="bias">True if the layers have biases.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">The device of the parameters.</param>
    public StackedLinear(int copies, int inputs, int features, bool bias, ScalarType dtype, Device device)
        : base(nameof(StackedLinear), copies)
    {
        this.features = features;
        Weight = Parameters.SideBySide(copies, () =>
        {
            using var one = nn.Linear(inputs, features, hasBias: bias, dtype: dtype, device: device);
            Parameters.FanIn(one.weight, one.bias);
            return one.weight.clone();
        });
        register_parameter(nameof(Weight), Weight);
        if (bias)
        {
            Bias = Parameters.Zeros([copies * features], dtype, device);
            register_parameter(nameof(Bias), Bias);
        }
    }

    /// <summary>The weights [C, O, I].</summary>
    public Parameter Weight { get; }

    /// <summary>The biases [C·O], copy after copy; null if the layers have none.</summary>
    public Parameter? Bias { get; }

    /// <summary>Applies the layers.</summary>
    /// <param name="input">The inputs [N, I], the same for all layers, or [C, N, I].</param>
    /// <returns>The outputs [C, N, O].</returns>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() == 2)
        {
            var shared = nn.functional.linear(input, Used(Weight).flatten(0, 1), Bias is null ? null : Used(Bias));
            return shared.view(input.shape[0], Active, features).transpose(0, 1);
        }

        var products = input.bmm(Used(Weight).transpose(1, 2));
        return Bias is null ? products : Lasting.Sum(products, Used(Bias).view(Active, 1, features));
    }

    /// <summary>Adds the layers to the graph of an exported model.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="h">The name of the inputs [N, I], the same for all layers, or [C, N, I].</param>
    /// <returns>The name of the outputs [C, N, O].</returns>
    public string Export(OnnxGraph graph, string h)
    {
        using var scope = NewDisposeScope();
        var products = graph.Add("MatMul", [h, graph.Constant(Used(Weight).detach().transpose(1, 2))]);
        return Bias is null ? products : graph.Add("Add", [products, graph.Constant(Used(Bias).detach().view(Active, 1, features))]);
    }
}
