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
    /// <returns>The outputs [N, C·O, H', W'], channels-last in memory.</returns>
    public static Tensor Grouped(Tensor images, Tensor weight, Tensor? bias, int stride, int padding)
    {
        var (samples, copies, outputs, kernel) = (images.shape[0], weight.shape[0], weight.shape[1], (int)weight.shape[3]);
        var windows = Patches.Windows(images, kernel, stride, padding);                       // [N, C, H', W', K, K], a view
        var (height, width) = (windows.shape[2], windows.shape[3]);
        var patches = windows.permute(1, 0, 2, 3, 4, 5).flatten(4).flatten(1, 3);              // [C, N·H'·W', K²]
        var products = patches.bmm(weight.flatten(2).transpose(1, 2));                         // [C, N·H'·W', O]
        var rows = products.transpose(0, 1).flatten(1).view(samples, height, width, copies * outputs);
        return (bias is null ? rows : Lasting.Sum(rows, bias)).permute(0, 3, 1, 2);
    }

    /// <summary>Computes the gradient with respect to the images.</summary>
    /// <param name="gradients">The gradients [M, O, H', W'] with respect to the outputs.</param>
    /// <param name="weight">The weight [O, 1, K, K].</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <param name="stride">The number of pixels between two patches.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <returns>The gradients [M, 1, H, W].</returns>
    internal static Tensor Images(Tensor gradients, Tensor weight, int height, int width, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        var kernel = weight.shape[2];
        var patches = weight.flatten(1).t().matmul(gradients.flatten(2));                      // [M, K², H'·W']
        return nn.functional.fold(
            patches, (height, width), (kernel, kernel), (1, 1), (padding, padding), (stride, stride)).MoveToOuterDisposeScope();
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
