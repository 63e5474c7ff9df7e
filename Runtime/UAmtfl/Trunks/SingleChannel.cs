using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Computes convolutions with one input channel as products of patches. Some builds of libtorch compute the gradient of such a
/// float convolution with respect to the images wrongly, because they take an image of one channel for NCHW in any layout.</summary>
public static class SingleChannel
{
    /// <summary>Computes C convolutions side by side, each of a channel of its own.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="weight">The weights [C, O, 1, K, K].</param>
    /// <param name="bias">The biases [C·O]; null for none.</param>
    /// <param name="stride">The number of pixels between two patches.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="dilation">The distance between two neighbouring pixels of a patch.</param>
    /// <returns>The outputs [N, C·O, H', W'], channels-last in memory.</returns>
    public static Tensor Grouped(Tensor images, Tensor weight, Tensor? bias, int stride, int padding, int dilation = 1)
    {
        var (samples, copies, outputs) = (images.shape[0], weight.shape[0], weight.shape[1]);
        var windows = Patches.Windows(images, Patches.Kernel(weight), stride, padding, dilation);   // [N, C, H', W', K, K], a view
        var (height, width) = (windows.shape[2], windows.shape[3]);
        var patches = windows.permute(1, 0, 2, 3, 4, 5).flatten(4).flatten(1, 3);              // [C, N·H'·W', K²]
        var products = patches.bmm(weight.flatten(2).transpose(1, 2));                         // [C, N·H'·W', O]
        var rows = products.transpose(0, 1).flatten(1).view(samples, height, width, copies * outputs);
        return (bias is null ? rows : Lasting.Sum(rows, bias)).permute(0, 3, 1, 2);
    }

    /// <summary>Computes the gradient with respect to the images.</summary>
    /// <param name="gradients">The gradients [M, C·O, H', W'] with respect to the outputs.</param>
    /// <param name="weight">The weight [C·O, 1, K, K].</param>
    /// <param name="size">The height H and width W of the images.</param>
    /// <param name="stride">The number of pixels between two patches.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="groups">The number C of convolutions side by side, each of a channel of its own.</param>
    /// <param name="dilation">The distance between two neighbouring pixels of a patch.</param>
    /// <returns>The gradients [M, C, H, W].</returns>
    internal static Tensor Images(
        Tensor gradients, Tensor weight, (long Height, long Width) size, int stride, int padding, int groups, int dilation)
    {
        using var scope = NewDisposeScope();
        var kernel = Patches.Kernel(weight);
        var margins = Patches.Margins(kernel, padding);
        var patches = groups == 1
            ? weight.flatten(1).t().matmul(gradients.flatten(2))                               // [M, K², H'·W']
            : weight.flatten(1).unflatten(0, groups, -1).transpose(1, 2)
                .matmul(gradients.flatten(2).unflatten(1, groups, -1)).flatten(1, 2);          // [M, C·K², H'·W']
        return nn.functional.fold(
            patches, size, kernel, (dilation, dilation), margins, (stride, stride)).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the gradients with respect to the weight of C convolutions side by side, for all tasks at once.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="gradients">The gradients [T, N, C·O, H', W'] with respect to the outputs.</param>
    /// <param name="kernel">The height and width of the kernel.</param>
    /// <param name="stride">The number of pixels between two patches.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="dilation">The distance between two neighbouring pixels of a patch.</param>
    /// <returns>The gradients [T, C·O·K²].</returns>
    internal static Tensor Weights(
        Tensor images, Tensor gradients, (int Height, int Width) kernel, int stride, int padding, int dilation)
    {
        using var scope = NewDisposeScope();
        var patches = Patches.Windows(images, kernel, stride, padding, dilation)
            .permute(1, 0, 2, 3, 4, 5).flatten(4).flatten(1, 3);                               // [C, N·H'·W', K²]
        var rows = gradients.flatten(3).unflatten(2, images.shape[1], -1)
            .permute(0, 2, 3, 1, 4).flatten(3);                                                // [T, C, O, N·H'·W']
        return rows.matmul(patches).flatten(1).MoveToOuterDisposeScope();
    }

    /// <summary>Makes a convolution of a hand-written module compute its result as products of patches whenever its images need a
    /// gradient.</summary>
    internal static void Replace(Conv2d convolution)
    {
        if (convolution.padding_mode == PaddingModes.Zeros && convolution.padding_type is null && convolution.padding is { } padding
            && IsOne(convolution.dilation) && IsSquare(convolution.kernel_size)
            && IsSquare(convolution.stride) && IsSquare(padding))
        {
            var (stride, margin, groups) = ((int)convolution.stride[0], (int)padding[0], convolution.groups);
            convolution.register_forward_hook((_, images, output) => images.requires_grad && images.dim() == 4 && is_grad_enabled()
                ? Grouped(images, convolution.weight.unflatten(0, groups, -1), convolution.bias, stride, margin)
                : output);
        }
    }

    private static bool IsOne(long[]? sizes) => sizes is null || Array.TrueForAll(sizes, s => s == 1);

    private static bool IsSquare(long[]? sizes) => sizes is { Length: > 0 } && Array.TrueForAll(sizes, s => s == sizes[0]);
}
