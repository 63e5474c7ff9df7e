using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Parameters of generated networks.</summary>
public static class Parameters
{
    /// <summary>Uniform in ±1/√fanIn, as a linear layer starts, from the current random state.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="fanIn">How many inputs an output has.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
    public static Parameter Uniform(long[] shape, int fanIn, ScalarType dtype, Device device)
    {
        var values = empty(shape, dtype: dtype, device: device);
        var bound = 1 / Math.Sqrt(fanIn);
        nn.init.uniform_(values, -bound, bound);
        return new Parameter(values);
    }

    /// <summary>Zeros.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="dtype">The type.</param>
    /// <param name="device">The device.</param>
    public static Parameter Zeros(long[] shape, ScalarType dtype, Device device) => new(zeros(shape, dtype: dtype, device: device));

    /// <summary>The weights of a module: its parameters with two dimensions or more, that is without biases and scales.</summary>
    /// <param name="module">The module.</param>
    public static Tensor[] Weights(nn.Module module) => [.. module.parameters().Where(p => p.dim() > 1)];

    /// <summary>Equal modules with weights of their own.</summary>
    /// <typeparam name="T">The module.</typeparam>
    /// <param name="count">How many.</param>
    /// <param name="create">Makes one.</param>
    public static ModuleList<T> Repeat<T>(int count, Func<T> create)
        where T : nn.Module => new([.. Enumerable.Range(0, count).Select(_ => create())]);
}
