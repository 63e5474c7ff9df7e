namespace UAmtfl.Layers;

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

/// <summary>Adds a 2-d convolution, which maps [N, C, H, W] to [N, <paramref name="channels"/>, H', W'] with
/// H' = (H + 2·Padding − Dilation·(Kernel − 1) − 1) / Stride + 1, and W' likewise.</summary>
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

    /// <summary>True if the layer has a bias. It needs none in front of a normalisation, which subtracts the mean.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The number of groups of channels that are convolved separately, at least 1; it divides the numbers of input and of output
    /// channels. As many groups as input channels are a depthwise convolution.</summary>
    [Number(1, Default = 1)]
    public int Groups { get; init; } = 1;

    /// <summary>The distance in pixels between two neighbours in the kernel, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Dilation { get; init; } = 1;
}

/// <summary>Adds a layer that takes the maximum over each square of <paramref name="kernel"/> × <paramref name="kernel"/> pixels, which
/// do not overlap unless <c>Stride</c> is smaller: it maps [N, C, H, W] to [N, C, H', W'] with
/// H' = (H + 2·Padding − kernel) / Stride + 1, and W' likewise.</summary>
/// <param name="kernel">The height and width of a square in pixels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MaxPool2dAttribute(int kernel) : Attribute
{
    /// <summary>The height and width of a square in pixels.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;

    /// <summary>The number of pixels from one square to the next, at least 1; 0 for <see cref="Kernel"/>.</summary>
    [Number(0, Default = 0)]
    public int Stride { get; init; }

    /// <summary>The number of pixels added on each side, at most half of <see cref="Kernel"/>; they are below every value.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>Adds a layer that takes the mean over each square of <paramref name="kernel"/> × <paramref name="kernel"/> pixels, which
/// do not overlap unless <c>Stride</c> is smaller: it maps [N, C, H, W] to [N, C, H', W'] with
/// H' = (H + 2·Padding − kernel) / Stride + 1, and W' likewise.</summary>
/// <param name="kernel">The height and width of a square in pixels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AvgPool2dAttribute(int kernel) : Attribute
{
    /// <summary>The height and width of a square in pixels.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;

    /// <summary>The number of pixels from one square to the next, at least 1; 0 for <see cref="Kernel"/>.</summary>
    [Number(0, Default = 0)]
    public int Stride { get; init; }

    /// <summary>The number of pixels added on each side, at most half of <see cref="Kernel"/>; they are 0 and count in the mean.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>Adds a layer that takes the mean of each channel of an image or a sequence: it maps [N, C, H, W] or [N, C, L] to [N, C], so
/// that no <see cref="FlattenAttribute"/> is needed.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GlobalAvgPoolAttribute : Attribute;

/// <summary>Adds a layer that takes the means of <paramref name="size"/> × <paramref name="size"/> rectangles which cover the image, as
/// PyTorch's AdaptiveAvgPool2d: it maps [N, C, H, W] to [N, C, size, size]. A rectangle has the rows from ⌊iH / size⌋ to
/// ⌈(i + 1)H / size⌉, and columns likewise, so that neighbours overlap where the image is no multiple of the size.</summary>
/// <param name="size">The height and width of the output in pixels, at least 1 and at most those of the image.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AdaptiveAvgPool2dAttribute(int size) : Attribute
{
    /// <summary>The height and width of the output in pixels.</summary>
    [Number(1)]
    public int Size { get; } = size;
}

/// <summary>Adds batch normalisation (Ioffe and Szegedy 2015) of each feature, or of each channel of an image or a sequence.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class BatchNormAttribute : Attribute;

/// <summary>Adds layer normalisation (Ba, Kiros and Hinton 2016) of each row of features, with a scale and a shift for each feature. The
/// samples of a batch stay independent. <see cref="GroupNormAttribute"/> with one group does the same to an image or a sequence.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LayerNormAttribute : Attribute;

/// <summary>Adds group normalisation (Wu and He 2018), which normalises the values of each group of neighbouring channels, or features,
/// in each sample by itself, with a scale and a shift for each channel.</summary>
/// <param name="groups">The number of groups, at least 1; it divides the number of channels.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GroupNormAttribute(int groups) : Attribute
{
    /// <summary>The number of groups.</summary>
    [Number(1)]
    public int Groups { get; } = groups;
}

/// <summary>Adds a residual block (He et al. 2016) of two convolutions of 3×3 with batch normalisation, which maps [N, C, H, W] to
/// [N, <paramref name="channels"/>, H', W'] with H' = (H − 1) / Stride + 1, and W' likewise. Where shapes differ, a convolution of 1×1
/// with batch normalisation is on the shortcut.</summary>
/// <param name="channels">The number of output channels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class BasicBlockAttribute(int channels) : Attribute
{
    /// <summary>The number of output channels.</summary>
    [Number(1)]
    public int Channels { get; } = channels;

    /// <summary>The number of pixels from one position of the first kernel to the next, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Stride { get; init; } = 1;
}

/// <summary>Adds a residual block (He et al. 2016) of convolutions of 1×1, 3×3 and 1×1 with batch normalisation, which maps
/// [N, C, H, W] to [N, 4·<paramref name="channels"/>, H', W'] with H' = (H − 1) / Stride + 1, and W' likewise. The convolution of 3×3 has
/// the stride, as in torchvision. Where shapes differ, a convolution of 1×1 with batch normalisation is on the shortcut.</summary>
/// <param name="channels">The number of channels of the convolution of 3×3, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class BottleneckAttribute(int channels) : Attribute
{
    /// <summary>The number of channels of the convolution of 3×3.</summary>
    [Number(1)]
    public int Channels { get; } = channels;

    /// <summary>The number of pixels from one position of the kernel of 3×3 to the next, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Stride { get; init; } = 1;
}

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

/// <summary>Adds the activation max(x, slope · x), applied to each value (Maas, Hannun and Ng 2013).</summary>
/// <param name="slope">The slope for negative values, in (0, 1).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LeakyReLUAttribute(double slope = 0.01) : Attribute
{
    /// <summary>The slope for negative values, in (0, 1).</summary>
    [Number(0, 1, Above = true, Below = true, Default = 0.01)]
    public double Slope { get; } = slope;
}

/// <summary>Adds the activation x · Φ(x), applied to each value, where Φ is the distribution function of N(0, 1) (Hendrycks and Gimpel
/// 2016).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GELUAttribute : Attribute;

/// <summary>Adds the activation x / (1 + exp(−x)), applied to each value (Elfwing, Uchibe and Doya 2018).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SiLUAttribute : Attribute;

/// <summary>Adds a layer that makes one row of each image or sequence: it maps [N, C, H, W] to [N, C·H·W], and [N, C, L] to
/// [N, C·L].</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class FlattenAttribute : Attribute;
