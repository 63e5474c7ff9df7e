using SkiaSharp;

namespace UAmtfl.Tests.Support;

/// <summary>Writes small images.</summary>
internal static class Pictures
{
    /// <summary>Returns a PNG image, which keeps every value.</summary>
    public static byte[] Png(int width, int height, Func<int, int, (int Red, int Green, int Blue)> colour) =>
        Encode(width, height, colour, SKEncodedImageFormat.Png);

    /// <summary>Returns a JPEG image, which changes values a little.</summary>
    public static byte[] Jpeg(int width, int height, Func<int, int, (int Red, int Green, int Blue)> colour) =>
        Encode(width, height, colour, SKEncodedImageFormat.Jpeg);

    /// <summary>Writes a file, and the folders that it is in.</summary>
    public static string WriteWithin(this TemporaryFolder folder, string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
        return folder.WriteRaw(path, content);
    }

    private static byte[] Encode(
        int width, int height, Func<int, int, (int Red, int Green, int Blue)> colour, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = colour(x, y);
                bitmap.SetPixel(x, y, new((byte)red, (byte)green, (byte)blue));
            }
        }

        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }
}
