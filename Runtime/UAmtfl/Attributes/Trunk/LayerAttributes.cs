namespace UAmtfl;

/// <summary>Adds a fully connected layer, which maps [N, F] to [N, <paramref name="features"/>].</summary>
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

/// <summary>Adds a 2-d convolution with bias, which maps [N, C, H, W] to [N, <paramref name="channels"/>, H', W'] with
/// H' = (H + 2·Padding − Kernel) / Stride + 1, and W' likewise.</summary>
/// <param name="channels">The number of output channels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class Conv2dAttribute(int channels) : Attribute
{
    /// <summary>The number of output channels.</summary>
    [Number(1)]
    public int Channels { get; } = channels;

    /// <summary>The height and width of the kernel in pixels, at least 1.</summary>
    [Number(1, Default = 3)]
    public int Kernel { get; init; } = 3;

    /// <summary>The number of pixels from one position of the kernel to the next, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Stride { get; init; } = 1;

    /// <summary>The number of zero pixels added on each side, at least 0.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>Adds a layer that takes the maximum over each square of <paramref name="kernel"/> × <paramref name="kernel"/> pixels, without
/// overlap: it maps [N, C, H, W] to [N, C, H/kernel, W/kernel].</summary>
/// <param name="kernel">The height and width of a square in pixels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MaxPool2dAttribute(int kernel) : Attribute
{
    /// <summary>The height and width of a square in pixels.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;
}

/// <summary>Adds a layer that takes the mean over each square of <paramref name="kernel"/> × <paramref name="kernel"/> pixels, without
/// overlap: it maps [N, C, H, W] to [N, C, H/kernel, W/kernel].</summary>
/// <param name="kernel">The height and width of a square in pixels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AvgPool2dAttribute(int kernel) : Attribute
{
    /// <summary>The height and width of a square in pixels.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;
}

/// <summary>Adds batch normalisation (Ioffe and Szegedy 2015) of each feature, or of each channel of an image.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class BatchNormAttribute : Attribute;

/// <summary>Adds dropout, which sets each value to 0 with probability <paramref name="probability"/> while training (Srivastava et al.
/// 2014).</summary>
/// <param name="probability">The probability that a value is set to 0, in (0, 1).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class DropoutAttribute(double probability = 0.5) : Attribute
{
    /// <summary>The probability that a value is set to 0 while training, in (0, 1).</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.5)]
    public double Probability { get; } = probability;
}

/// <summary>Adds the activation max(x, 0), applied to each value.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ReLUAttribute : Attribute;

/// <summary>Adds the activation tanh(x), applied to each value.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TanhAttribute : Attribute;

/// <summary>Adds the activation 1 / (1 + exp(−x)), applied to each value.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SigmoidAttribute : Attribute;

/// <summary>Adds a layer that makes one row of each image: it maps [N, C, H, W] to [N, C·H·W].</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class FlattenAttribute : Attribute;
