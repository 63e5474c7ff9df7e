using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>C fully connected layers side by side, computed as one batched product: h_c W_cᵀ + b_c.</summary>
public sealed class StackedLinear : Stack
{
    private readonly int features;

    /// <summary>Draws the weights of one layer after the other from the current random state, each as a
    /// layer of its own draws them; biases are 0.</summary>
    /// <param name="copies">C, how many layers.</param>
    /// <param name="inputs">I.</param>
    /// <param name="features">O.</param>
    /// <param name="bias">True if there is a bias.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
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

    /// <summary>[C, O, I]</summary>
    public Parameter Weight { get; }

    /// <summary>[C·O], copy after copy; null if the layers have no bias.</summary>
    public Parameter? Bias { get; }

    /// <summary>Applies the layers.</summary>
    /// <param name="input">[N, I], the same for all copies, or [C, N, I].</param>
    /// <returns>[C, N, O]</returns>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() == 2)
        {
            return nn.functional.linear(input, Weight.flatten(0, 1), Bias).view(input.shape[0], Copies, features).transpose(0, 1);
        }

        var products = input.bmm(Weight.transpose(1, 2));
        return Bias is null ? products : Lasting.Sum(products, Bias.view(Copies, 1, features));
    }
}
