using TorchSharp;

namespace UAmtfl;

/// <summary>The shape of one sample that enters a trunk, without the batch dimension: (features) or (channels, height, width).</summary>
/// <param name="shape">One or three sizes, each at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InputAttribute(params int[] shape) : Attribute
{
    /// <summary>The sizes.</summary>
    public IReadOnlyList<int> Shape { get; } = shape;
}

/// <summary>Makes a hand-written module the trunk: it maps [N, input shape] to [N, <paramref name="features"/>].</summary>
/// <typeparam name="T">The module; it needs a public constructor without parameters.</typeparam>
/// <param name="features">The size of the module's output, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrunkAttribute<T>(int features) : Attribute
    where T : torch.nn.Module<torch.Tensor, torch.Tensor>, new()
{
    /// <summary>The size of the module's output.</summary>
    [Number(1)]
    public int Features { get; } = features;
}

/// <summary>Names the trunk of a variant; needed only where the experiment declares several.</summary>
/// <param name="name">The name of a nested class with <see cref="InputAttribute"/>: <c>nameof(LeNet)</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NetworkAttribute(string name) : Attribute
{
    /// <summary>The name of the trunk's class.</summary>
    public string Name { get; } = name;
}
