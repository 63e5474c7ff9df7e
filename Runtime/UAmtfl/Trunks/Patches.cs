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
    /// <param name="sequences">True for images of one row (<see cref="Sequences"/>), whose patches are of 1 × kernel pixels.</param>
    /// <returns>The patches [N, H'·W', C·kernel²], where H' = (H + 2·padding − dilation·(kernel − 1) − 1) / stride + 1 and W'
    /// likewise; of sequences [N, W', C·kernel].</returns>
    public static Tensor Cut(Tensor images, int kernel, int stride, int padding, int dilation = 1, bool sequences = false) =>
        CutWith(images, (sequences ? 1 : kernel, kernel), stride, padding, dilation);

    /// <summary>Cuts the patches that the kernel of a weight multiplies.</summary>
    internal static Tensor CutWith(Tensor images, (int Height, int Width) kernel, int stride, int padding, int dilation)
    {
        using var scope = NewDisposeScope();
        return Windows(images, kernel, stride, padding, dilation)
            .permute(0, 2, 3, 1, 4, 5)
            .flatten(3)
            .flatten(1, 2).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Returns the patches of each channel as a view: [N, C, H', W', height, width].</summary>
    internal static Tensor Windows(Tensor images, (int Height, int Width) kernel, int stride, int padding, int dilation)
    {
        var (above, beside) = Margins(kernel, padding);
        var padded = padding == 0 ? images : F.pad(images, [beside, beside, above, above]);
        var (height, width) = (Extent(kernel.Height, dilation), Extent(kernel.Width, dilation));
        var windows = padded.unfold(2, height, stride).unfold(3, width, stride);
        return dilation == 1 ? windows : windows.slice(4, 0, height, dilation).slice(5, 0, width, dilation);
    }

    /// <summary>Returns the height and width of the kernel of a weight [.., height, width].</summary>
    internal static (int Height, int Width) Kernel(Tensor weight) => ((int)weight.shape[^2], (int)weight.shape[^1]);

    /// <summary>Returns the number of zero pixels that a convolution adds above and below an image, and at its left and right. A kernel
    /// that is wider than high is one of sequences, which have nothing above and below; <c>[Conv1d]</c> allows no padding for a kernel of
    /// one pixel, which has no such shape.</summary>
    /// <param name="kernel">The height and width of the kernel.</param>
    /// <param name="padding">The padding of the layer.</param>
    internal static (int Above, int Beside) Margins((int Height, int Width) kernel, int padding) =>
        (kernel.Height < kernel.Width ? 0 : padding, padding);

    /// <summary>Returns the height and width of the result of a convolution.</summary>
    internal static (int Height, int Width) Result(Tensor images, (int Height, int Width) kernel, int stride, int padding, int dilation)
    {
        var (above, beside) = Margins(kernel, padding);
        return (
            (int)((images.shape[2] + (2 * above) - Extent(kernel.Height, dilation)) / stride) + 1,
            (int)((images.shape[3] + (2 * beside) - Extent(kernel.Width, dilation)) / stride) + 1);
    }

    private static int Extent(int kernel, int dilation) => ((kernel - 1) * dilation) + 1;

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
