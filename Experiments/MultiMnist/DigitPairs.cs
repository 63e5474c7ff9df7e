using UAmtfl.Experiments.Mnist;
using UAmtfl.Numerics;

namespace UAmtfl.Experiments.MultiMnist;

/// <summary>The pairs of digits that share an image.</summary>
/// <param name="Left">[N], the rows of the left digits.</param>
/// <param name="Right">[N], the rows of the right digits, none of which is that of its own left digit.</param>
public sealed record DigitPairs(int[] Left, int[] Right)
{
    /// <summary>The height and width of the canvas on which two digits are laid, in pixels.</summary>
    public const int Canvas = 36;

    /// <summary>How far the right digit lies below and to the right of the left one, which lies in the top left corner, in
    /// pixels.</summary>
    public const int Shift = 6;

    /// <summary>Makes each digit the left one of some images, with other digits on its right.</summary>
    /// <param name="rows">The rows of the digits, at least two.</param>
    /// <param name="times">The number of images of each left digit.</param>
    /// <param name="random">Draws the right digits, each other row equally likely.</param>
    public static DigitPairs Draw(int[] rows, int times, SplitMix64 random)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(random);
        int[] left = [.. Enumerable.Range(0, rows.Length).SelectMany(i => Enumerable.Repeat(i, times))];
        var right = Array.ConvertAll(left, l => random.Below(rows.Length - 1) is var other && other < l ? other : other + 1);
        return new(Array.ConvertAll(left, i => rows[i]), Array.ConvertAll(right, i => rows[i]));
    }

    /// <summary>Lays each pair on its canvas, where the darker pixel counts, and shrinks the canvas to 28 x 28 pixels, of which each
    /// takes the nearest pixel of the canvas.</summary>
    /// <param name="images">The digits.</param>
    /// <returns>[N · 784], the pixels, row-major, from 0 to 255.</returns>
    public byte[] Overlaid(DigitImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var overlaid = new byte[Left.Length * DigitImages.Size];
        for (var i = 0; i < Left.Length; i++)
        {
            Lay(Digit(images, Left[i]), Digit(images, Right[i]), overlaid.AsSpan(i * DigitImages.Size, DigitImages.Size));
        }

        return overlaid;
    }

    private static ReadOnlySpan<byte> Digit(DigitImages images, int row) =>
        images.Pixels.Slice(row * DigitImages.Size, DigitImages.Size);

    private static void Lay(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> onto)
    {
        for (var y = 0; y < DigitImages.Side; y++)
        {
            for (var x = 0; x < DigitImages.Side; x++)
            {
                var (down, along) = (OnCanvas(y), OnCanvas(x));
                onto[(y * DigitImages.Side) + x] = Math.Max(Pixel(left, down, along), Pixel(right, down - Shift, along - Shift));
            }
        }
    }

    /// <summary>Returns the row or column of the canvas that is nearest to the middle of a pixel: ⌊(i + ½) · 36 / 28⌋.</summary>
    private static int OnCanvas(int i) => ((2 * i) + 1) * Canvas / (2 * DigitImages.Side);

    /// <summary>Returns a pixel of a digit, and 0 beside it.</summary>
    private static byte Pixel(ReadOnlySpan<byte> digit, int y, int x) =>
        y is >= 0 and < DigitImages.Side && x is >= 0 and < DigitImages.Side ? digit[(y * DigitImages.Side) + x] : (byte)0;
}
