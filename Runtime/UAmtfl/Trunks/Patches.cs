using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks;

/// <summary>Computes a convolution as one matrix product of the patches of its images. The patches of a network's first convolution
/// depend only on the images, so that they are cut once for a whole data set, which makes a step of LeNet a third faster on a CPU. The
/// result equals that of the convolution up to rounding.</summary>
/// <remarks>Later convolutions with one input channel are computed in this way too, by <see cref="SingleChannel"/>.</remarks>
public static class Patches
{
    /// <summary>Cuts the patches of images.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a patch, in pixels.</param>
    /// <param name="stride">The distance between two patches, in pixels.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="dilation">The distance between two neighbouring pixels of a patch.</param>
    /// <returns>The patches [N, H'·W', C·kernel²], where H' = (H + 2·padding − dilation·(kernel − 1) − 1) / stride + 1 and W'
    /// likewise.</returns>
    public static Tensor Cut(Tensor images, int kernel, int stride, int padding, int dilation = 1)
    {
        using var scope = NewDisposeScope();
        return Windows(images, kernel, stride, padding, dilation)
            .permute(0, 2, 3, 1, 4, 5)
            .flatten(3)
            .flatten(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Returns the patches of each channel as a view: [N, C, H', W', kernel, kernel].</summary>
    internal static Tensor Windows(Tensor images, int kernel, int stride, int padding, int dilation)
    {
        var padded = padding == 0 ? images : F.pad(images, [padding, padding, padding, padding]);
        var extent = ((kernel - 1) * dilation) + 1;
        var windows = padded.unfold(2, extent, stride).unfold(3, extent, stride);
        return dilation == 1 ? windows : windows.slice(4, 0, extent, dilation).slice(5, 0, extent, dilation);
    }

    /// <summary>Convolves images whose patches are already cut.</summary>
    /// <param name="patches">The patches [N, H'·W', C·kernel²] from <see cref="Cut"/>.</param>
    /// <param name="weight">The weights [O, C, kernel, kernel].</param>
    /// <param name="bias">The biases [O], or null.</param>
    /// <param name="height">The height H' of the result.</param>
    /// <param name="width">The width W' of the result.</param>
    /// <returns>The result [N, O, H', W'] with channels last in memory, which is fastest for the layers that follow.</returns>
    public static Tensor Convolve(Tensor patches, Tensor weight, Tensor? bias, int height, int width) =>
        F.linear(patches, weight.flatten(1), bias).view(patches.shape[0], height, width, weight.shape[0]).permute(0, 3, 1, 2);
}
