using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Pads images by zeros and crops them at random places in training mode, and returns them as they are otherwise.</summary>
public sealed class RandomCrop : nn.Module<Tensor, Tensor>
{
    private readonly int padding;
    private readonly Scalar height, width;

    /// <summary>Creates the layer.</summary>
    /// <param name="padding">The number of zero pixels on each side, at least 0.</param>
    /// <param name="height">The height of an image in pixels.</param>
    /// <param name="width">The width of an image in pixels.</param>
    public RandomCrop(int padding, int height, int width)
        : base(nameof(RandomCrop)) => (this.padding, this.height, this.width) = (padding, height, width);

    /// <summary>Shifts each image by a number of rows and of columns, each from −padding to padding and equally likely. The numbers are
    /// drawn from libtorch's global generator.</summary>
    /// <param name="input">The images [N, C, H, W].</param>
    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            return input.alias();
        }

        using var scope = NewDisposeScope();
        var padded = nn.functional.pad(input, (padding, padding, padding, padding));
        var rows = Places(input, height).view(input.size(0), 1, -1, 1).expand(-1, input.size(1), -1, padded.size(3));
        var columns = Places(input, width).view(input.size(0), 1, 1, -1).expand(-1, input.size(1), input.size(2), -1);
        return padded.gather(2, rows).gather(3, columns).MoveToOuterDisposeScope();
    }

    /// <summary>Draws where the crop of each image begins, and returns the places of its rows, or columns, [N, size].</summary>
    private Tensor Places(Tensor input, Scalar size)
    {
        var begin = randint(0, (2 * padding) + 1, [input.size(0), 1], ScalarType.Int64, input.device);
        return Numerics.Lasting.Sum(arange(size, ScalarType.Int64, input.device), begin);
    }
}
