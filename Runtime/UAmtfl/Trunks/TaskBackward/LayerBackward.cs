using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Computes the backward step of each kind of layer for the gradients of all tasks: from the gradients with respect to its
/// outputs to those with respect to its inputs.</summary>
/// <remarks>A step disposes the gradients that it is given, so that at most those of two layers are in memory. It must be called under
/// no_grad.</remarks>
public static class LayerBackward
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
    /// <param name="weight">The weight W [O, C, K, K], in any memory layout.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <param name="stride">The number of pixels between two positions of the kernel.</param>
    /// <param name="padding">The number of zero pixels that are added on each side.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor Conv2d(Tensor gradients, Tensor weight, int height, int width, int stride, int padding)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var all = gradients.flatten(0, 1);
        var images = weight.shape[1] == 1
            ? SingleChannel.Images(all, weight, height, width, stride, padding)
            : ConvolutionBackward.Images(all, weight, height, width, stride, padding);
        return images.unflatten(0, gradients.shape[0], gradients.shape[1]).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the gradients at each position of a convolution's kernel, as
    /// <see cref="LayerGradients.Convolution(Tensor, Tensor, TorchSharp.Modules.Parameter, TorchSharp.Modules.Parameter?)"/> takes them.
    /// They are a view, and the gradients that are given are not disposed.</summary>
    /// <param name="gradients">The gradients Δ [T, N, O, H', W'].</param>
    /// <returns>The gradients [T, N, H'·W', O].</returns>
    public static Tensor Positions(Tensor gradients) => gradients.flatten(3).transpose(2, 3);

    /// <summary>Computes the step of z = max(x, 0), which is Δ ∘ [z &gt; 0].</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor ReLU(Tensor gradients, Tensor output)
    {
        using var derivative = output.sign();
        return Times(gradients, derivative);
    }

    /// <summary>Computes the step of z = tanh x, which is Δ ∘ (1 − z²).</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor Tanh(Tensor gradients, Tensor output)
    {
        using var square = output.square();
        using var derivative = 1 - square;
        return Times(gradients, derivative);
    }

    /// <summary>Computes the step of z = 1 / (1 + e⁻ˣ), which is Δ ∘ z(1 − z).</summary>
    /// <param name="gradients">The gradients Δ [T, N, …].</param>
    /// <param name="output">The outputs z [N, …].</param>
    /// <returns>The gradients [T, N, …].</returns>
    public static Tensor Sigmoid(Tensor gradients, Tensor output)
    {
        using var rest = 1 - output;
        using var derivative = output * rest;
        return Times(gradients, derivative);
    }

    /// <summary>Computes the step of the maximum of each square, for squares without overlap: the gradient goes to the pixel of the
    /// maximum.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C, H', W'].</param>
    /// <param name="indices">The position of each maximum in the image [N, C, H', W'], from <see cref="MaxPool2d(Tensor, int)"/>.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor MaxPool2d(Tensor gradients, Tensor indices, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var (tasks, samples, channels) = (gradients.shape[0], gradients.shape[1], gradients.shape[2]);
        var images = zeros([tasks, samples, channels, (long)height * width], gradients.dtype, gradients.device);
        images.scatter_(3, indices.flatten(2).expand(tasks, -1, -1, -1), gradients.flatten(3));
        return images.view(tasks, samples, channels, height, width).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the step of the mean of each square, for squares without overlap: the gradient goes to all pixels of the square
    /// alike. Pixels outside of all squares get none.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C, H', W'].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor AvgPool2d(Tensor gradients, int kernel, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var (rows, columns) = (gradients.shape[3], gradients.shape[4]);
        var spread = (gradients / (kernel * kernel))
            .unsqueeze(4)
            .unsqueeze(6)
            .expand(-1, -1, -1, -1, kernel, -1, kernel)
            .flatten(5, 6)
            .flatten(3, 4);
        return F.pad(spread, [0, width - (columns * kernel), 0, height - (rows * kernel)]).MoveToOuterDisposeScope();
    }

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

    /// <summary>Computes the maximum of each square of an image, for squares without overlap, and the position of each maximum.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <returns>The maxima [N, C, H', W'], and their positions [N, C, H', W'], int64, where the H·W pixels are numbered row by
    /// row.</returns>
    public static (Tensor Maxima, Tensor Indices) MaxPool2d(Tensor images, int kernel) =>
        F.max_pool2d_with_indices(images, [kernel, kernel], [kernel, kernel]);

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
