namespace UAmtfl.Methods;

/// <summary>Trains a network for each task and fuses the channels of all tasks after each stretch (neural discriminative dimensionality
/// reduction, NDDR-CNN: Gao et al. 2019): x̃_t = ReLU(norm(W_t [x_1; …; x_T])), where W_t is a convolution of 1×1 without bias and
/// norm is batch normalisation. Without the normalisation, and with W_t made of diagonal blocks, it is <see cref="CrossStitchAttribute"/>
/// with α of each channel.</summary>
/// <remarks>Stretches are those between the marks <see cref="SplitAttribute"/>; without a mark they end after each pooling and each
/// activation of features. Block s of W_t starts as a multiple of the identity. W has (T·C)² entries for C channels, so that the
/// architecture is for few tasks. The paper decays W, as <see cref="L2Attribute"/> does; the rectifier is that of public programs of the
/// method.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NddrAttribute : Attribute
{
    /// <summary>The initial diagonal of block t of W_t, how much of its own channels a task keeps; 0.9, as in public
    /// programs of the method.</summary>
    [Number(-10, 10, Default = 0.9)]
    public double Self { get; init; } = 0.9;

    /// <summary>The initial sum of the diagonals of the other blocks, of which each gets the same share; 0.1, as in public
    /// programs of the method.</summary>
    [Number(-10, 10, Default = 0.1)]
    public double Cross { get; init; } = 0.1;

    /// <summary>False to leave out the normalisation and the rectifier after W.</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>The learning rate of W and of the normalisation in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}
