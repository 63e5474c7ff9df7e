namespace UAmtfl.Layers;

/// <summary>Adds fully connected layers with a <see cref="ReLUAttribute"/> behind each.</summary>
/// <param name="widths">The number of outputs of each layer, at least 1: <c>[Mlp(500, 500)]</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MlpAttribute(params int[] widths) : Attribute
{
    /// <summary>The number of outputs of each layer.</summary>
    public IReadOnlyList<int> Widths { get; } = widths;
}

/// <summary>Adds the layers of LeNet-5 (LeCun et al. 1998) before its output: convolutions of 6 and 16 channels, each with tanh and a mean
/// over squares of 2×2, and fully connected layers of 120 and 84 features with tanh. It maps [N, C, H, W] to [N, 84].</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LeNet5Attribute : Attribute
{
    /// <summary>The number of zero pixels added on each side of the image, at least 0. The paper has images of 32×32, which those of
    /// 28×28 become with 2.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>Adds the layers of ResNet-18 (He et al. 2016) before its output, with global average pooling: it maps [N, C, H, W] to
/// [N, 512]. Its parameters have the names of torchvision's, so that a trunk can start from torchvision's file
/// (<see cref="StartFromAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResNet18Attribute : Attribute
{
    /// <summary>True for images of about 32×32 pixels: the first convolution is 3×3 without stride, and no pooling follows it, as in the
    /// paper's networks for CIFAR-10. Otherwise it is 7×7 with stride 2, with maximum pooling of 3×3 and stride 2.</summary>
    public bool SmallImages { get; init; }
}

/// <summary>Adds the layers of ResNet-50 (He et al. 2016) before its output, with global average pooling: it maps [N, C, H, W] to
/// [N, 2048]. The stride of a block is that of its convolution of 3×3, as in torchvision, whose names the parameters
/// have (<see cref="StartFromAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ResNet50Attribute : Attribute
{
    /// <summary>True for images of about 32×32 pixels: the first convolution is 3×3 without stride, and no pooling follows it, as in the
    /// paper's networks for CIFAR-10. Otherwise it is 7×7 with stride 2, with maximum pooling of 3×3 and stride 2.</summary>
    public bool SmallImages { get; init; }
}
