namespace UAmtfl;

/// <summary>A fully connected layer: [N, F] to [N, <paramref name="features"/>].</summary>
/// <param name="features">The number of outputs, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LinearAttribute(int features) : Attribute
{
    /// <summary>The number of outputs.</summary>
    [Number(1)]
    public int Features { get; } = features;

    /// <summary>True if the layer has a bias.</summary>
    public bool Bias { get; init; } = true;
}

/// <summary>A 2-d convolution with bias: [N, C, H, W] to [N, <paramref name="channels"/>, H', W'], H' = (H + 2·Padding − Kernel) / Stride + 1.</summary>
/// <param name="channels">The number of output channels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class Conv2dAttribute(int channels) : Attribute
{
    /// <summary>The number of output channels.</summary>
    [Number(1)]
    public int Channels { get; } = channels;

    /// <summary>Height and width of the kernel, at least 1.</summary>
    [Number(1, Default = 3)]
    public int Kernel { get; init; } = 3;

    /// <summary>Pixels between two positions of the kernel, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Stride { get; init; } = 1;

    /// <summary>Zero pixels added on each side, at least 0.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>The maximum over squares of <paramref name="kernel"/> pixels, which do not overlap: [N, C, H, W] to [N, C, H/kernel, W/kernel].</summary>
/// <param name="kernel">Height and width of a square, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MaxPool2dAttribute(int kernel) : Attribute
{
    /// <summary>Height and width of a square.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;
}

/// <summary>The mean over squares of <paramref name="kernel"/> pixels, which do not overlap: [N, C, H, W] to [N, C, H/kernel, W/kernel].</summary>
/// <param name="kernel">Height and width of a square, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AvgPool2dAttribute(int kernel) : Attribute
{
    /// <summary>Height and width of a square.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;
}

/// <summary>Batch normalisation (Ioffe and Szegedy 2015) of each feature, or of each channel of an image.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class BatchNormAttribute : Attribute;

/// <summary>Sets each value to 0 with probability <paramref name="probability"/> while training (Srivastava et al. 2014).</summary>
/// <param name="probability">In (0, 1); a layer that drops nothing is left out instead.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class DropoutAttribute(double probability = 0.5) : Attribute
{
    /// <summary>The probability.</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.5)]
    public double Probability { get; } = probability;
}

/// <summary>max(x, 0), value by value.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ReLUAttribute : Attribute;

/// <summary>tanh(x), value by value.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TanhAttribute : Attribute;

/// <summary>1 / (1 + exp(−x)), value by value.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SigmoidAttribute : Attribute;

/// <summary>An image as one row: [N, C, H, W] to [N, C·H·W].</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class FlattenAttribute : Attribute;
