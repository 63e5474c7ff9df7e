using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>T fully connected layers side by side, one a task, as one product: h_t W_tᵀ + b_t.</summary>
public sealed class LinearPerTask : nn.Module<Tensor, Tensor>
{
    private readonly int tasks, features;

    /// <summary>Draws the weights of one layer after the other from the current random state, each as a layer of its own draws them; biases are 0.</summary>
    /// <param name="tasks">T.</param>
    /// <param name="inputs">I.</param>
    /// <param name="features">O.</param>
    /// <param name="bias">True if there is a bias.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
    public LinearPerTask(int tasks, int inputs, int features, bool bias, ScalarType dtype, Device device)
        : base(nameof(LinearPerTask))
    {
        (this.tasks, this.features) = (tasks, features);
        Weight = Parameters.SideBySide(tasks, () =>
        {
            using var one = nn.Linear(inputs, features, hasBias: bias, dtype: dtype, device: device);
            Parameters.FanIn(one.weight, one.bias);
            return one.weight.clone();
        });
        register_parameter(nameof(Weight), Weight);
        if (bias)
        {
            Bias = Parameters.Zeros([tasks * features], dtype, device);
            register_parameter(nameof(Bias), Bias);
        }
    }

    /// <summary>[T, O, I]</summary>
    public Parameter Weight { get; }

    /// <summary>[T·O], task after task; null without.</summary>
    public Parameter? Bias { get; }

    /// <summary>Applies the layers.</summary>
    /// <param name="input">[N, I], the same for all tasks, or [T, N, I].</param>
    /// <returns>[T, N, O]</returns>
    public override Tensor forward(Tensor input)
    {
        if (input.dim() == 2)
        {
            return nn.functional.linear(input, Weight.flatten(0, 1), Bias).view(input.shape[0], tasks, features).transpose(0, 1);
        }

        var products = input.bmm(Weight.transpose(1, 2));
        return Bias is null ? products : Lasting.Sum(products, Bias.view(tasks, 1, features));
    }
}
