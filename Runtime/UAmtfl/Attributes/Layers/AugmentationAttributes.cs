namespace UAmtfl.Layers;

/// <summary>Adds a layer that mirrors images left to right at random while the network is trained, each image with the given probability;
/// it keeps the shape [N, C, H, W]. It stands before all other layers but <see cref="RandomCropAttribute"/>, so that all tasks see the
/// same images, whatever they share.</summary>
/// <param name="probability">The probability that an image is mirrored, in [0, 1].</param>
/// <remarks>A prediction, and an exported model, takes images as they are. The numbers are those of dropout: they depend on the seed and
/// the epoch.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RandomFlipAttribute(double probability = 0.5) : Attribute
{
    /// <summary>The probability that an image is mirrored, in [0, 1].</summary>
    [Number(0, 1, Default = 0.5)]
    public double Probability { get; } = probability;
}

/// <summary>Adds a layer that shifts images at random while the network is trained: each is padded by zeros on all sides and cropped to
/// its size at a place that is drawn, so that it keeps the shape [N, C, H, W] (He et al. 2016, 4.2, with 4 pixels of padding for images
/// of 32 × 32). It stands before all other layers but <see cref="RandomFlipAttribute"/>, so that all tasks see the same images, whatever
/// they share.</summary>
/// <remarks>A prediction, and an exported model, takes images as they are. The numbers are those of dropout: they depend on the seed and
/// the epoch.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RandomCropAttribute : Attribute
{
    /// <summary>The number of zero pixels on each side, at least 0 and less than the smaller side of the image: an image is shifted by at
    /// most as many pixels in each direction.</summary>
    [Number(0, Default = 4)]
    public int Padding { get; init; } = 4;
}
