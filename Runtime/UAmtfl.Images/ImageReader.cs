using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Reads PNG and JPEG files as torchvision's evaluation does: the shorter side is resized by a bilinear filter with antialiasing,
/// the centre is cropped to a square, and each channel is normalised by the mean and deviation of ImageNet.</summary>
/// <param name="side">The height and width of the result in pixels, at least 1.</param>
public sealed class ImageReader(int side)
{
    /// <summary>The mean of each channel of ImageNet, of values in [0, 1].</summary>
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];

    /// <summary>The standard deviation of each channel of ImageNet, of values in [0, 1].</summary>
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>The height and width of the result in pixels.</summary>
    public int Side { get; } = side >= 1 ? side
        : throw new ArgumentOutOfRangeException(nameof(side), side, "an image has a side of at least 1 pixel");

    /// <summary>The shorter side in pixels before the crop, at least <see cref="Side"/>; by default 8/7 of it, such as 256 for
    /// 224.</summary>
    public int Shorter
    {
        get;
        init => field = value >= Side ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"the shorter side must be at least the {Side} of the crop");
    } = side * 8 / 7;

    /// <summary>Reads images, one after the other.</summary>
    /// <param name="paths">The files.</param>
    /// <returns>The images [N, 3, side, side], float32: red, green, blue.</returns>
    /// <exception cref="DataException">A file cannot be read, is damaged, or is not what its name says.</exception>
    public Tensor Read(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var images = zeros(paths.Count, 3, Side, Side);
        for (var i = 0; i < paths.Count; i++)
        {
            using var one = tensor(Read(paths[i]), [3, Side, Side]);
            using var row = images.select(0, i);
            row.copy_(one);
        }

        return images;
    }

    /// <summary>Reads an image.</summary>
    /// <returns>The values [3 · side · side], channel after channel.</returns>
    private float[] Read(string path)
    {
        var values = Resampling.Centre(DecodedImage.Read(path), Shorter, Side);
        for (var i = 0; i < values.Length; i++)
        {
            var channel = i / (Side * Side);
            values[i] = ((values[i] / 255) - Mean[channel]) / Deviation[channel];
        }

        return values;
    }
}
