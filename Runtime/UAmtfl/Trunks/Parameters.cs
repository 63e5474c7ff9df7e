using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Creates, draws, finds and counts the parameters of networks.</summary>
public static class Parameters
{
    /// <summary>Draws the parameters of a fully connected layer from the current random state: weights uniform in ±1/√fan-in, biases 0.
    /// Glorot's bound, which would be nearly twice as large, is not used, because features that start small are easier to
    /// rebuild.</summary>
    /// <param name="weight">The weight [O, I].</param>
    /// <param name="bias">The bias [O]; null for none.</param>
    public static void FanIn(Parameter weight, Parameter? bias)
    {
        var bound = 1 / Math.Sqrt(weight.shape[1]);
        Draw(weight, bias, w => nn.init.uniform_(w, -bound, bound));
    }

    /// <summary>Draws the parameters of a convolution from the current random state: weights uniform in ±√(6 / (fan-in + fan-out)) (Glorot
    /// and Bengio 2010), biases 0. The program of Lee et al. 2018 starts from the same.</summary>
    /// <param name="weight">The weight [O, C, K, K].</param>
    /// <param name="bias">The bias [O]; null for none.</param>
    public static void Glorot(Parameter weight, Parameter? bias) => Draw(weight, bias, w => nn.init.xavier_uniform_(w));

    /// <summary>Draws the weights of C convolutions side by side from the current random state, one after the other.</summary>
    /// <param name="weight">The weights [C·O, I, K, K].</param>
    /// <param name="copies">The number C of convolutions.</param>
    internal static void Glorot(Parameter weight, int copies)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var one in weight.chunk(copies))
        {
            nn.init.xavier_uniform_(one);
        }
    }

    /// <summary>Creates a parameter with values from N(0, deviation²), drawn from the current random state.</summary>
    /// <param name="shape">The shape of the parameter.</param>
    /// <param name="deviation">The standard deviation, above 0.</param>
    /// <param name="dtype">The type of the parameter.</param>
    /// <param name="device">The device of the parameter.</param>
    public static Parameter Normal(long[] shape, double deviation, ScalarType dtype, Device device)
    {
        var values = empty(shape, dtype: dtype, device: device);
        nn.init.normal_(values, 0, deviation);
        return new Parameter(values);
    }

    /// <summary>Creates the weights of equal layers side by side, drawn one after the other. A single layer has the values that it has
    /// outside of a stack, so that [SingleTask] and [HardSharing] of one task start from the same bits.</summary>
    /// <param name="count">The number of layers, at least 1.</param>
    /// <param name="draw">Draws the weight of one layer from the current random state.</param>
    /// <returns>The weights [count, …].</returns>
    internal static Parameter SideBySide(int count, Func<Tensor> draw)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var weights = stack([.. Enumerable.Range(0, count).Select(_ => draw())]);
        return new Parameter(weights.MoveToOuterDisposeScope());
    }

    /// <summary>Creates a parameter of zeros.</summary>
    /// <param name="shape">The shape of the parameter.</param>
    /// <param name="dtype">The type of the parameter.</param>
    /// <param name="device">The device of the parameter.</param>
    public static Parameter Zeros(long[] shape, ScalarType dtype, Device device) => new(zeros(shape, dtype: dtype, device: device));

    /// <summary>Returns the weights of modules: their parameters with two or more dimensions, which excludes biases and scales.</summary>
    /// <param name="modules">The modules.</param>
    public static Tensor[] Weights(params IEnumerable<nn.Module> modules) =>
        [.. modules.SelectMany(m => m.parameters()).Where(p => p.dim() > 1)];

    /// <summary>Returns the number P of numbers in the parameters of modules.</summary>
    /// <param name="modules">The modules.</param>
    public static long Count(params IEnumerable<nn.Module> modules) => modules.SelectMany(m => m.parameters()).Sum(p => p.numel());

    /// <summary>Creates equal modules with weights of their own.</summary>
    /// <typeparam name="T">The type of the modules.</typeparam>
    /// <param name="count">The number of modules.</param>
    /// <param name="create">Creates one module.</param>
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
