using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks;

/// <summary>A convolution as one matrix product of its patches. Those of a network's first convolution depend on the images only, so that
/// they are cut once for a whole data set: on a CPU that makes a LeNet step a third cheaper. The result equals the convolution's to
/// rounding.</summary>
/// <remarks>A later convolution with one input channel is computed this way too: see <see cref="SingleChannel"/>.</remarks>
public static class Patches
{
    /// <summary>Cuts the patches.</summary>
    /// <param name="images">[N, C, H, W]</param>
    /// <param name="kernel">Height and width of a patch.</param>
    /// <param name="stride">Pixels between two patches.</param>
    /// <param name="padding">Zero pixels added on each side.</param>
    /// <returns>[N, H'·W', C·kernel²], H' = (H + 2·padding − kernel) / stride + 1</returns>
    public static Tensor Cut(Tensor images, int kernel, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        return Windows(images, kernel, stride, padding)
            .permute(0, 2, 3, 1, 4, 5)
            .flatten(3)
            .flatten(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>The patches of each channel, without a copy of them: [N, C, H', W', kernel, kernel].</summary>
    internal static Tensor Windows(Tensor images, int kernel, int stride, int padding)
    {
        var padded = padding == 0 ? images : F.pad(images, [padding, padding, padding, padding]);
        return padded.unfold(2, kernel, stride).unfold(3, kernel, stride);
    }

    /// <summary>The convolution of patches that are cut.</summary>
    /// <param name="patches">[N, H'·W', C·kernel²], from <see cref="Cut"/>.</param>
    /// <param name="weight">[O, C, kernel, kernel]</param>
    /// <param name="bias">[O]</param>
    /// <param name="height">H'</param>
    /// <param name="width">W'</param>
    /// <returns>[N, O, H', W'], channels last in memory, which the layers behind are fastest with.</returns>
    public static Tensor Convolve(Tensor patches, Tensor weight, Tensor? bias, int height, int width) =>
        F.linear(patches, weight.flatten(1), bias).view(patches.shape[0], height, width, weight.shape[0]).permute(0, 3, 1, 2);
}
