using TorchSharp;

namespace UAmtfl.Layers;

/// <summary>Gives the shape of one input sample of a trunk, without the batch dimension: (features), (channels, length) of a
/// sequence, or (channels, height, width) of an image.</summary>
/// <param name="shape">One, two or three sizes, each at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InputAttribute(params int[] shape) : Attribute
{
    /// <summary>The sizes of one sample, without the batch dimension.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;
}

/// <summary>Makes a hand-written module the trunk; it must map [N, input shape] to [N, <paramref name="features"/>].</summary>
/// <typeparam name="T">The module; it needs a public constructor without parameters.</typeparam>
/// <param name="features">The number of features that the module returns, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrunkAttribute<T>(int features) : Attribute
    where T : torch.nn.Module<torch.Tensor, torch.Tensor>, new()
{
    /// <summary>The number of features that the module returns.</summary>
    [Number(1)]
    public int Features { get; } = features;
}

/// <summary>Names the trunk that a variant uses; it is needed only if the experiment declares several.</summary>
/// <param name="name">The name of a nested class with <see cref="InputAttribute"/>: <c>nameof(LeNet)</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NetworkAttribute(string name) : Attribute
{
    /// <summary>The name of the trunk's class.</summary>
    public string Name { get; } = name;
}
