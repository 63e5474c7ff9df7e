using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Computes the backward step of each kind of layer for the gradients of all tasks: from the gradients with respect to its
/// outputs to those with respect to its inputs.</summary>
/// <remarks>A step disposes the gradients that it is given, so that at most those of two layers are in memory. It must be called under
/// no_grad.</remarks>
public static partial class LayerBackward
{
    /// <summary>Computes the step of a fully connected layer, z = xWᵀ + b, which is ΔW.</summary>
    /// <param name="gradients">The gradients Δ [T, N, O].</param>
    /// <param name="weight">The weight W [O, I].</param>
    /// <returns>The gradients [T, N, I].</returns>
    public static Tensor Linear(Tensor gradients, Tensor weight)
    {
        using (gradients)
        {
            return gradients.matmul(weight);
        }
    }

    /// <summary>Computes the step of a convolution, for all images of all tasks at once.</summary>
    /// <param name="gradients">The gradients Δ [T, N, O, H', W'].</param>
    /// <param name="weight">The weight W [O, C / groups, K, K], in any memory layout.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <param name="groups">The number of groups of channels that are convolved separately.</param>
    /// <param name="dilation">The distance between two neighbours in the kernel.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor Conv2d(
        Tensor gradients, Tensor weight, int height, int width, int stride, int padding, int groups = 1, int dilation = 1)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var all = gradients.flatten(0, 1);
        var images = weight.shape[1] == 1
            ? SingleChannel.Images(all, weight, (height, width), stride, padding, groups, dilation)
            : ConvolutionBackward.Images(all, weight, height, width, new(stride, padding, groups, dilation));
        return images.unflatten(0, gradients.shape[0], gradients.shape[1]).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the gradients at each position of a convolution's kernel, as
    /// <see cref="LayerGradients.Convolution(Tensor, Tensor, TorchSharp.Modules.Parameter, TorchSharp.Modules.Parameter?)"/> takes them.
    /// They are a view, and the gradients that are given are not disposed.</summary>
    /// <param name="gradients">The gradients Δ [T, N, O, H', W'].</param>
    /// <returns>The gradients [T, N, H'·W', O].</returns>
    public static Tensor Positions(Tensor gradients) => gradients.flatten(3).transpose(2, 3);

    /// <summary>Computes the step of a layer that turns an image into a row, which turns the row of gradients into an image.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C·H·W].</param>
    /// <param name="channels">The number C of channels.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor Flatten(Tensor gradients, int channels, int height, int width)
    {
        using (gradients)
        {
            return gradients.unflatten(2, channels, height, width);
        }
    }

    /// <summary>Computes the step of dropout, z = x ∘ m, which is Δ ∘ m.</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="mask">The mask m [N, …], from <see cref="Mask"/>.</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor Dropout(Tensor gradients, Tensor mask) => Times(gradients, mask);

    /// <summary>Draws the factors by which dropout multiplies values, with the random numbers that the layer would draw for
    /// them.</summary>
    /// <param name="dropout">The layer.</param>
    /// <param name="values">The values [N, …].</param>
    /// <returns>The factors [N, …]: 0 or 1 / (1 − p); all 1 if the layer is not in training mode.</returns>
    public static Tensor Mask(TorchSharp.Modules.Dropout dropout, Tensor values)
    {
        using var frozen = no_grad();
        using var ones = ones_like(values);
        return dropout.call(ones);
    }

    private static Tensor Times(Tensor gradients, Tensor derivative)
    {
        using (gradients)
        {
            return gradients * derivative;
        }
    }
}
