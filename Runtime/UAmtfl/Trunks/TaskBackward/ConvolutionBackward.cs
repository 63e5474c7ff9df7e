using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Calls libtorch's own backward pass of a convolution by a TorchScript program, because TorchSharp does not expose it. All
/// tensors are channels-last, because that is faster and some builds of libtorch are wrong otherwise (see <see cref="Layout"/>).</summary>
internal static class ConvolutionBackward
{
    // The last line ends with a line break, because TorchScript needs one.
    private const string Script = """
        def images(g: Tensor, x: Tensor, w: Tensor, stride: int, above: int, beside: int, groups: int, dilation: int) -> Tensor:
            a, b, c = torch.convolution_backward(
                g, x, w, [0], [stride, stride], [above, beside], [dilation, dilation], False, [0, 0], groups, [True, False, False])
            return a
        def weights(g: Tensor, x: Tensor, w: Tensor, stride: int, above: int, beside: int, groups: int, dilation: int) -> Tensor:
            a, b, c = torch.convolution_backward(
                g, x, w, [0], [stride, stride], [above, beside], [dilation, dilation], False, [0, 0], groups, [False, True, False])
            return b

        """;

    private static readonly Lazy<jit.CompilationUnit> Program = new(() => jit.compile(Script));

    /// <summary>Computes the gradient with respect to the images.</summary>
    /// <param name="gradients">The gradients [M, O, H', W'] with respect to the outputs.</param>
    /// <param name="weight">The weight [O, C / groups, K, K].</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <param name="options">The options of the convolution.</param>
    /// <returns>The gradients [M, C, H, W].</returns>
    public static Tensor Images(Tensor gradients, Tensor weight, int height, int width, ConvolutionOptions options)
    {
        using var scope = NewDisposeScope();
        // libtorch reads only the shape of the images.
        var channels = weight.shape[1] * options.Groups;
        var images = empty_strided(
            [gradients.shape[0], channels, height, width],
            [height * width * channels, 1, width * channels, channels],
            dtype: gradients.dtype,
            device: gradients.device);
        return Invoke(
            "images", Layout.ChannelsLast(gradients), images, Layout.ChannelsLast(weight), options).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the gradient with respect to the weight.</summary>
    /// <param name="gradients">The gradients [N, O, H', W'] with respect to the outputs, channels-last.</param>
    /// <param name="images">The images [N, C, H, W], channels-last.</param>
    /// <param name="weight">The weight [O, C / groups, K, K], channels-last, of which only the shape is read.</param>
    /// <param name="options">The options of the convolution.</param>
    /// <returns>The gradient [O, C / groups, K, K].</returns>
    public static Tensor Weights(Tensor gradients, Tensor images, Tensor weight, ConvolutionOptions options) =>
        Invoke("weights", gradients, images, weight, options);

    private static Tensor Invoke(string function, Tensor gradients, Tensor images, Tensor weight, ConvolutionOptions options)
    {
        var (above, beside) = Patches.Margins(Patches.Kernel(weight), options.Padding);
        return (Tensor)Program.Value.invoke(
            function, gradients, images, weight, options.Stride, above, beside, options.Groups, options.Dilation);
    }
}

/// <summary>The options of a convolution.</summary>
/// <param name="Stride">The number of pixels between two positions of the kernel.</param>
/// <param name="Padding">The number of zero pixels that are added on each side.</param>
/// <param name="Groups">The number of groups of channels that are convolved separately.</param>
/// <param name="Dilation">The distance between two neighbours in the kernel.</param>
internal readonly record struct ConvolutionOptions(int Stride, int Padding, int Groups, int Dilation);
