using SkiaSharp;

namespace UAmtfl.Data;

/// <summary>An image as it is stored, without the rotation that a camera may have noted.</summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Pixels">The pixels [height · width · 4], row by row: red, green, blue, and the opacity, which nothing uses.</param>
internal sealed record DecodedImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>The number of bytes of a pixel.</summary>
    public const int Channels = 4;

    /// <summary>The number of pixels above which a file is taken for a damaged one.</summary>
    private const long Largest = 100_000_000;

    /// <summary>The format of a file by the end of its name.</summary>
    private static readonly Dictionary<string, SKEncodedImageFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = SKEncodedImageFormat.Png, [".jpg"] = SKEncodedImageFormat.Jpeg, [".jpeg"] = SKEncodedImageFormat.Jpeg,
    };

    /// <summary>True if the name of a file ends as that of an image that can be read.</summary>
    public static bool IsNamed(string path) => Formats.ContainsKey(Path.GetExtension(path));

    /// <summary>Reads a file as a whole.</summary>
    /// <param name="path">The file, whose name ends in <c>.png</c>, <c>.jpg</c> or <c>.jpeg</c>.</param>
    /// <exception cref="DataException">The file cannot be read, is damaged, or is not what its name says.</exception>
    public static DecodedImage Read(string path)
    {
        if (!IsNamed(path))
        {
            throw Misnamed(path);
        }

        using var data = SKData.CreateCopy(DataFile.Read(path));
        using var codec = SKCodec.Create(data) ?? throw Damaged(path, "it is no image");
        if (codec.EncodedFormat != Formats[Path.GetExtension(path)])
        {
            throw new DataException($"{path}: it is a {codec.EncodedFormat} image, which its name denies: rename it, or fetch it again");
        }

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > Largest)
        {
            throw Damaged(path, $"it says that it has {width} x {height} pixels");
        }

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var result = codec.GetPixels(info, out var pixels);
        return result == SKCodecResult.Success
            ? new(width, height, pixels)
            : throw Damaged(path, $"its pixels cannot be decoded ({result})");
    }

    /// <summary>Returns the error for a file that is not named like an image.</summary>
    public static DataException Misnamed(string path) =>
        new($"{path}: it is no {string.Join(" or ", Formats.Keys)} file: move it away, or give an image");

    private static DataException Damaged(string path, string why) => new($"{path}: {why}: fetch the file again");
}
