using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>Each layer's step backwards with the gradients of all tasks: from those with respect to its outputs to those with respect
/// to its inputs.</summary>
/// <remarks>A step disposes the gradients that it is given, so that no more than two layers' are in memory.
/// To be called under no_grad.</remarks>
public static class LayerBackward
{
    /// <summary>z = xWᵀ + b: ΔW.</summary>
    /// <param name="gradients">Δ [T, N, O]</param>
    /// <param name="weight">W [O, I]</param>
    /// <returns>[T, N, I]</returns>
    public static Tensor Linear(Tensor gradients, Tensor weight)
    {
        using (gradients)
        {
            return gradients.matmul(weight);
        }
    }

    /// <summary>A convolution: all images of all tasks at once.</summary>
    /// <param name="gradients">Δ [T, N, O, H', W']</param>
    /// <param name="weight">W [O, C, K, K], however it lies in memory.</param>
    /// <param name="height">H</param>
    /// <param name="width">W</param>
    /// <param name="stride">Pixels between two positions of the kernel.</param>
    /// <param name="padding">Zero pixels added on each side.</param>
    /// <returns>[T, N, C, H, W]</returns>
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

    /// <summary>The gradients at each position of a convolution's kernel, as
    /// <see cref="LayerGradients.Convolution(Tensor, Tensor, TorchSharp.Modules.Parameter, TorchSharp.Modules.Parameter?)"/> takes them: a
    /// view, and the gradients stay.</summary>
    /// <param name="gradients">Δ [T, N, O, H', W']</param>
    /// <returns>[T, N, H'·W', O]</returns>
    public static Tensor Positions(Tensor gradients) => gradients.flatten(3).transpose(2, 3);

    /// <summary>z = max(x, 0): Δ ∘ [z &gt; 0].</summary>
    /// <param name="gradients">Δ [T, N, …]</param>
    /// <param name="output">z [N, …]</param>
    /// <returns>[T, N, …]</returns>
    public static Tensor ReLU(Tensor gradients, Tensor output)
    {
        using var derivative = output.sign();
        return Times(gradients, derivative);
    }

    /// <summary>z = tanh x: Δ ∘ (1 − z²).</summary>
    /// <param name="gradients">Δ [T, N, …]</param>
    /// <param name="output">z [N, …]</param>
    /// <returns>[T, N, …]</returns>
    public static Tensor Tanh(Tensor gradients, Tensor output)
    {
        using var square = output.square();
        using var derivative = 1 - square;
        return Times(gradients, derivative);
    }

    /// <summary>z = 1 / (1 + e⁻ˣ): Δ ∘ z(1 − z).</summary>
    /// <param name="gradients">Δ [T, N, …]</param>
    /// <param name="output">z [N, …]</param>
    /// <returns>[T, N, …]</returns>
    public static Tensor Sigmoid(Tensor gradients, Tensor output)
    {
        using var rest = 1 - output;
        using var derivative = output * rest;
        return Times(gradients, derivative);
    }

    /// <summary>The maximum of each square, squares side by side: its gradient goes where the maximum was.</summary>
    /// <param name="gradients">Δ [T, N, C, H', W']</param>
    /// <param name="indices">[N, C, H', W'], where in the image each maximum was, from <see cref="MaxPool2d(Tensor, int)"/>.</param>
    /// <param name="height">H</param>
    /// <param name="width">W</param>
    /// <returns>[T, N, C, H, W]</returns>
    public static Tensor MaxPool2d(Tensor gradients, Tensor indices, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var (tasks, samples, channels) = (gradients.shape[0], gradients.shape[1], gradients.shape[2]);
        var images = zeros([tasks, samples, channels, (long)height * width], gradients.dtype, gradients.device);
        images.scatter_(3, indices.flatten(2).expand(tasks, -1, -1, -1), gradients.flatten(3));
        return images.view(tasks, samples, channels, height, width).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of each square, squares side by side: its gradient goes to all pixels
    /// alike, and pixels in no square get none.</summary>
    /// <param name="gradients">Δ [T, N, C, H', W']</param>
    /// <param name="kernel">Height and width of a square.</param>
    /// <param name="height">H</param>
    /// <param name="width">W</param>
    /// <returns>[T, N, C, H, W]</returns>
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

    /// <summary>An image as a row: the row as an image.</summary>
    /// <param name="gradients">Δ [T, N, C·H·W]</param>
    /// <param name="channels">C</param>
    /// <param name="height">H</param>
    /// <param name="width">W</param>
    /// <returns>[T, N, C, H, W]</returns>
    public static Tensor Flatten(Tensor gradients, int channels, int height, int width)
    {
        using (gradients)
        {
            return gradients.unflatten(2, channels, height, width);
        }
    }

    /// <summary>z = x ∘ m: Δ ∘ m.</summary>
    /// <param name="gradients">Δ [T, N, …]</param>
    /// <param name="mask">m [N, …], from <see cref="Mask"/>.</param>
    /// <returns>[T, N, …]</returns>
    public static Tensor Dropout(Tensor gradients, Tensor mask) => Times(gradients, mask);

    /// <summary>Max-pooling forwards, squares side by side, that says where the maxima were.</summary>
    /// <param name="images">[N, C, H, W]</param>
    /// <param name="kernel">Height and width of a square.</param>
    /// <returns>[N, C, H', W'], and [N, C, H', W'], int64, H·W numbered row by row.</returns>
    public static (Tensor Maxima, Tensor Indices) MaxPool2d(Tensor images, int kernel) =>
        F.max_pool2d_with_indices(images, [kernel, kernel], [kernel, kernel]);

    /// <summary>What dropout multiplies with: the random numbers that it would draw for these values.</summary>
    /// <param name="dropout">The layer.</param>
    /// <param name="values">[N, …]</param>
    /// <returns>[N, …], 0 or 1 / (1 − p); 1 where the layer is not in training.</returns>
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
