using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Mirrors images left to right at random in training mode, and returns them as they are otherwise.</summary>
public sealed class RandomFlip : nn.Module<Tensor, Tensor>
{
    private readonly Scalar probability;

    /// <summary>Creates the layer.</summary>
    /// <param name="probability">The probability that an image is mirrored, in [0, 1].</param>
    public RandomFlip(double probability)
        : base(nameof(RandomFlip)) => this.probability = probability;

    /// <summary>Mirrors each image with the probability. The numbers are drawn from libtorch's global generator, in single precision
    /// whatever the type of the images is.</summary>
    /// <param name="input">The images [N, C, H, W].</param>
    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            return input.alias();
        }

        using var drawn = rand(input.size(0), 1, 1, 1, dtype: ScalarType.Float32, device: input.device);
        using var flips = drawn.lt(probability);
        using var mirrored = input.flip(3);
        return where(flips, mirrored, input);
    }
}
