namespace UAmtfl.Layers;

/// <summary>Adds a convolution of sequences, which maps [N, C, L] to [N, <paramref name="channels"/>, L'] with
/// L' = (L + 2·Padding − Dilation·(Kernel − 1) − 1) / Stride + 1. The weights are [channels, C / Groups, 1, Kernel].</summary>
/// <param name="channels">The number of output channels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class Conv1dAttribute(int channels) : Attribute
{
    /// <summary>The number of output channels.</summary>
    [Number(1)]
    public int Channels { get; } = channels;

    /// <summary>The length of the kernel, at least 1.</summary>
    [Number(1, Default = 3)]
    public int Kernel { get; init; } = 3;

    /// <summary>The number of values from one position of the kernel to the next, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Stride { get; init; } = 1;

    /// <summary>The number of zeros added at each end, at least 0 and at most Dilation·(Kernel − 1), because a kernel that lies beyond the
    /// end would see nothing else.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }

    /// <summary>True if the layer has a bias. It needs none in front of a normalisation, which subtracts the mean.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The number of groups of channels that are convolved separately, at least 1; it divides the numbers of input and of output
    /// channels.</summary>
    [Number(1, Default = 1)]
    public int Groups { get; init; } = 1;

    /// <summary>The distance between two neighbours in the kernel, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Dilation { get; init; } = 1;
}

/// <summary>Adds a layer that takes the maximum of each piece of <paramref name="kernel"/> values of a sequence; pieces do not overlap
/// unless <c>Stride</c> is smaller. It maps [N, C, L] to [N, C, L'] with L' = (L + 2·Padding − kernel) / Stride + 1.</summary>
/// <param name="kernel">The length of a piece, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class MaxPool1dAttribute(int kernel) : Attribute
{
    /// <summary>The length of a piece.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;

    /// <summary>The number of values from one piece to the next, at least 1; 0 for <see cref="Kernel"/>.</summary>
    [Number(0, Default = 0)]
    public int Stride { get; init; }

    /// <summary>The number of values added at each end, at most half of <see cref="Kernel"/>; they are below every value.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>Adds a layer that takes the mean of each piece of <paramref name="kernel"/> values of a sequence; pieces do not overlap
/// unless <c>Stride</c> is smaller. It maps [N, C, L] to [N, C, L'] with L' = (L + 2·Padding − kernel) / Stride + 1.</summary>
/// <param name="kernel">The length of a piece, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AvgPool1dAttribute(int kernel) : Attribute
{
    /// <summary>The length of a piece.</summary>
    [Number(1)]
    public int Kernel { get; } = kernel;

    /// <summary>The number of values from one piece to the next, at least 1; 0 for <see cref="Kernel"/>.</summary>
    [Number(0, Default = 0)]
    public int Stride { get; init; }

    /// <summary>The number of values added at each end, at most half of <see cref="Kernel"/>; they are 0 and count in the mean.</summary>
    [Number(0, Default = 0)]
    public int Padding { get; init; }
}

/// <summary>Adds a table of <paramref name="vocabulary"/> rows, which maps whole numbers [N, L] to [N, <paramref name="width"/>, L]: each
/// number of a sample is the index of a row. It is the first layer, because only inputs are whole numbers. Inputs that are no indices are
/// refused when the data are read.</summary>
/// <param name="vocabulary">The number of rows, at least 1 and at most 2²⁴, because single precision distinguishes no more.</param>
/// <param name="width">The number of columns, which become channels, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class EmbeddingAttribute(int vocabulary, int width) : Attribute
{
    /// <summary>The number of rows.</summary>
    [Number(1, 16777216)]
    public int Vocabulary { get; } = vocabulary;

    /// <summary>The number of columns.</summary>
    [Number(1)]
    public int Width { get; } = width;
}

/// <summary>Adds gated recurrent units (Cho et al. 2014) with the equations of PyTorch, which read a sequence from its begin to its end
/// and return their last state: they map [N, C, L] to [N, <paramref name="hidden"/>].</summary>
/// <param name="hidden">The number of units, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class GruAttribute(int hidden) : Attribute
{
    /// <summary>The number of units.</summary>
    [Number(1)]
    public int Hidden { get; } = hidden;
}

/// <summary>Adds a long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) with the equations
/// of PyTorch, which reads a sequence from its begin to its end and returns its last state: it maps [N, C, L] to
/// [N, <paramref name="hidden"/>].</summary>
/// <param name="hidden">The number of units, at least 1.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class LstmAttribute(int hidden) : Attribute
{
    /// <summary>The number of units.</summary>
    [Number(1)]
    public int Hidden { get; } = hidden;
}
