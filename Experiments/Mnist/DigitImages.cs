using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Experiments.Mnist;

/// <summary>The images and labels of a pair of MNIST files, in file order.</summary>
public sealed class DigitImages
{
    /// <summary>The height and width of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>The number of bytes of an image.</summary>
    public const int Size = Side * Side;

    /// <summary>The number of digits, which is that of the tasks.</summary>
    public const int Digits = 10;

    /// <summary>The divisor of pixels, kept in a field because a scalar that only a call holds may be collected during the call.</summary>
    private static readonly TorchSharp.Scalar White = 255;

    private readonly IdxFile images, labels;

    private DigitImages(IdxFile images, IdxFile labels) => (this.images, this.labels) = (images, labels);

    /// <summary>The path of the file of labels, for messages.</summary>
    public string Source => labels.Source;

    /// <summary>N, the number of images.</summary>
    public int Count => images.Shape[0];

    /// <summary>[N · 784], the pixels, row-major, from 0 (paper) to 255 (ink).</summary>
    public ReadOnlySpan<byte> Pixels => images.Bytes.Span;

    /// <summary>[N], the digit of each image, 0 to 9.</summary>
    public ReadOnlySpan<byte> Labels => labels.Bytes.Span;

    /// <summary>Reads <c>PREFIX-images-idx3-ubyte</c> and <c>PREFIX-labels-idx1-ubyte</c>, or those names with <c>.gz</c>.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="prefix"><c>train</c> or <c>t10k</c> for the standard files, <c>pool</c> for the one that ships.</param>
    /// <exception cref="DataException">A file is missing or damaged, the images are not 28 x 28, there is not one label an
    /// image, or a label is no digit.</exception>
    public static DigitImages Read(string folder, string prefix)
    {
        var images = IdxFile.Read(folder, $"{prefix}-images-idx3-ubyte", rank: 3);
        var labels = IdxFile.Read(folder, $"{prefix}-labels-idx1-ubyte", rank: 1);
        if (images.Shape[1] != Side || images.Shape[2] != Side)
        {
            throw new DataException(
                $"{images.Source}: images of {images.Shape[1]} x {images.Shape[2]} pixels, expected {Side} x {Side}: give the files of " +
                "MNIST");
        }

        if (images.Shape[0] != labels.Shape[0])
        {
            throw new DataException(
                $"{labels.Source}: {labels.Shape[0]} labels, expected {images.Shape[0]}, one for each image of {images.Source}: give " +
                "two files that belong together");
        }

        var stranger = labels.Bytes.Span.IndexOfAnyExceptInRange((byte)0, (byte)(Digits - 1));
        if (stranger >= 0)
        {
            throw new DataException(
                $"{labels.Source}: label {stranger + 1} of {labels.Shape[0]} is {labels.Bytes.Span[stranger]}, expected a digit 0 to " +
                "9: give the files of MNIST");
        }

        return new(images, labels);
    }

    /// <summary>Returns the same images if each digit has one, because a task without a positive test image has no recall and no area
    /// under its curve.</summary>
    /// <exception cref="DataException">A digit has none.</exception>
    public DigitImages WithEveryDigit()
    {
        for (byte digit = 0; digit < Digits; digit++)
        {
            if (!Labels.Contains(digit))
            {
                throw new DataException($"{Source}: no image of digit {digit} among {Count}: give the test files of MNIST");
            }
        }

        return this;
    }

    /// <summary>Copies some images and their labels into tensors.</summary>
    /// <param name="rows">N' of the N images.</param>
    /// <returns>Float32: pixels [N', 1, 28, 28] in [0, 1]; labels [N', 10], 1 in the digit's column and 0 in the others.</returns>
    public (Tensor Pixels, Tensor Labels) Gather(int[] rows)
    {
        var pixels = new byte[rows.Length * Size];
        var digits = new float[rows.Length * Digits];
        for (var i = 0; i < rows.Length; i++)
        {
            Pixels.Slice(rows[i] * Size, Size).CopyTo(pixels.AsSpan(i * Size));
            digits[(i * Digits) + Labels[rows[i]]] = 1;
        }

        return (Inked(pixels, rows.Length), tensor(digits, [rows.Length, Digits]));
    }

    /// <summary>Makes a tensor of images.</summary>
    /// <param name="pixels">[count · 784], the pixels, row-major, from 0 to 255.</param>
    /// <param name="count">The number of images.</param>
    /// <returns>[count, 1, 28, 28], float32, in [0, 1].</returns>
    public static Tensor Inked(byte[] pixels, int count)
    {
        using var bytes = tensor(pixels, [count, 1, Side, Side]);
        return bytes.to(float32).div_(White);
    }
}
