using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>libtorch's own backward pass of a convolution, which TorchSharp does not expose and a TorchScript program reaches.
/// Everything lies channels last, because that is faster and because some builds are wrong otherwise (see <see cref="Layout"/>).</summary>
internal static class ConvolutionBackward
{
    // TorchScript wants a line break after the last line.
    private const string Script = """
        def images(g: Tensor, x: Tensor, w: Tensor, stride: int, padding: int) -> Tensor:
            a, b, c = torch.convolution_backward(
                g, x, w, [0], [stride, stride], [padding, padding], [1, 1], False, [0, 0], 1, [True, False, False])
            return a
        def weights(g: Tensor, x: Tensor, w: Tensor, stride: int, padding: int) -> Tensor:
            a, b, c = torch.convolution_backward(
                g, x, w, [0], [stride, stride], [padding, padding], [1, 1], False, [0, 0], 1, [False, True, False])
            return b

        """;

    private static readonly Lazy<jit.CompilationUnit> Program = new(() => jit.compile(Script));

    /// <summary>The gradient with respect to the images.</summary>
    /// <param name="gradients">[M, O, H', W']</param>
    /// <param name="weight">[O, C, K, K]</param>
    /// <param name="height">H</param>
    /// <param name="width">W</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zero pixels added on each side.</param>
    /// <returns>[M, C, H, W]</returns>
    public static Tensor Images(Tensor gradients, Tensor weight, int height, int width, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        // Of the images the shape alone is read.
        var channels = weight.shape[1];
        var images = empty_strided(
            [gradients.shape[0], channels, height, width],
            [height * width * channels, 1, width * channels, channels],
            dtype: gradients.dtype,
            device: gradients.device);
        return Invoke(
            "images", Layout.ChannelsLast(gradients), images, Layout.ChannelsLast(weight), stride, padding).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient with respect to the weight.</summary>
    /// <param name="gradients">[N, O, H', W'], channels last.</param>
    /// <param name="images">[N, C, H, W], channels last.</param>
    /// <param name="weight">[O, C, K, K], channels last, of which the shape is read.</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zero pixels added on each side.</param>
    /// <returns>[O, C, K, K]</returns>
    public static Tensor Weights(Tensor gradients, Tensor images, Tensor weight, int stride, int padding) =>
        Invoke("weights", gradients, images, weight, stride, padding);

    private static Tensor Invoke(string function, Tensor gradients, Tensor images, Tensor weight, int stride, int padding) =>
        (Tensor)Program.Value.invoke(function, gradients, images, weight, stride, padding);
}
