using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Parameters of generated networks.</summary>
public static class Parameters
{
    /// <summary>Draws a fully connected layer anew from the current random state: weights uniform in ±1/√fan-in, biases zero. Features
    /// that start small are easier to rebuild; Glorot's bound would be nearly twice as large.</summary>
    /// <param name="weight">[O, I]</param>
    /// <param name="bias">[O]</param>
    public static void FanIn(Parameter weight, Parameter? bias)
    {
        var bound = 1 / Math.Sqrt(weight.shape[1]);
        Draw(weight, bias, w => nn.init.uniform_(w, -bound, bound));
    }

    /// <summary>Draws a convolution anew from the current random state: weights uniform in ±√(6 / (fan-in + fan-out)) (Glorot and
    /// Bengio 2010), biases zero. It is what the program of Lee et al. 2018 starts from.</summary>
    /// <param name="weight">[O, C, K, K]</param>
    /// <param name="bias">[O]</param>
    public static void Glorot(Parameter weight, Parameter? bias) => Draw(weight, bias, w => nn.init.xavier_uniform_(w));

    /// <summary>N(0, deviation²) from the current random state.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
    public static Parameter Normal(long[] shape, double deviation, ScalarType dtype, Device device)
    {
        var values = empty(shape, dtype: dtype, device: device);
        nn.init.normal_(values, 0, deviation);
        return new Parameter(values);
    }

    /// <summary>The weights of equal layers side by side, drawn one after the other. One layer draws what it does alone, so that two
    /// variants which are one model by construction ([SingleTask] and [HardSharing] of one task) start from the same bits.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="draw">Draws the weight of one layer from the current random state.</param>
    /// <returns>[count, …]</returns>
    internal static Parameter SideBySide(int count, Func<Tensor> draw)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var weights = stack([.. Enumerable.Range(0, count).Select(_ => draw())]);
        return new Parameter(weights.MoveToOuterDisposeScope());
    }

    /// <summary>Zeros.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
    public static Parameter Zeros(long[] shape, ScalarType dtype, Device device) => new(zeros(shape, dtype: dtype, device: device));

    /// <summary>The weights of a module: its parameters with two dimensions or more, that is without biases and scales.</summary>
    /// <param name="module">The module.</param>
    public static Tensor[] Weights(nn.Module module) => [.. module.parameters().Where(p => p.dim() > 1)];

    /// <summary>P, how many numbers the parameters of a module are.</summary>
    /// <param name="module">The module.</param>
    public static long Count(nn.Module module) => module.parameters().Sum(p => p.numel());

    /// <summary>Equal modules with weights of their own.</summary>
    /// <typeparam name="T">The module.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes one.</param>
    public static ModuleList<T> Repeat<T>(int count, Func<T> create)
        where T : nn.Module => new([.. Enumerable.Range(0, count).Select(_ => create())]);

    private static void Draw(Parameter weight, Parameter? bias, Action<Tensor> draw)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        draw(weight);
        if (bias is not null)
        {
            nn.init.zeros_(bias);
        }
    }
}
