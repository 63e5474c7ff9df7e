using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks.TaskBackward;

/// <content>Computes the steps of layers that pool, and what they need of the forward pass.</content>
public static partial class LayerBackward
{
    /// <summary>Computes the step of the maximum of each square: the gradient goes to the pixel of the maximum.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C, H', W'].</param>
    /// <param name="indices">The position of each maximum in the image [N, C, H', W'], from
    /// <see cref="MaxPool2d(Tensor, int, int, int)"/>.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor MaxPool2d(Tensor gradients, Tensor indices, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var (tasks, samples, channels) = (gradients.shape[0], gradients.shape[1], gradients.shape[2]);
        var images = zeros([tasks, samples, channels, (long)height * width], gradients.dtype, gradients.device);
        images.scatter_add_(3, indices.flatten(2).expand(tasks, -1, -1, -1), gradients.flatten(3));
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

    /// <summary>Computes the step of the mean of each square, for squares that can overlap.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C, H', W'].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <param name="stride">The number of pixels from one square to the next.</param>
    /// <param name="padding">The number of zero pixels that were added on each side.</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor AvgPool2d(Tensor gradients, int kernel, int stride, int padding, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var squares = (gradients / (kernel * kernel)).flatten(0, 2).flatten(1).unsqueeze(1).expand(-1, kernel * kernel, -1);
        var images = F.fold(squares, (height, width), (kernel, kernel), (1, 1), (padding, padding), (stride, stride));
        return images.view(gradients.shape[0], gradients.shape[1], gradients.shape[2], height, width).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the step of the mean of each piece of a sequence.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C, 1, L'].</param>
    /// <param name="kernel">The length of a piece.</param>
    /// <param name="stride">The number of values from one piece to the next.</param>
    /// <param name="padding">The number of zeros that were added at each end.</param>
    /// <param name="length">The length L of the sequences.</param>
    /// <returns>The gradients [T, N, C, 1, L].</returns>
    public static Tensor AvgPool1d(Tensor gradients, int kernel, int stride, int padding, int length)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var pieces = (gradients / kernel).flatten(0, 2).expand(-1, kernel, -1);
        var sequences = F.fold(pieces, (1, length), (1, kernel), (1, 1), (0, padding), (1, stride));
        return sequences.view(gradients.shape[0], gradients.shape[1], gradients.shape[2], 1, length).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the step of the mean of each channel, which goes to all pixels alike.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C].</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor GlobalAvgPool(Tensor gradients, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        return (gradients / (height * width)).unsqueeze(3).unsqueeze(4).expand(-1, -1, -1, height, width).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the step of an adaptive pooling, which is AΔBᵀ, because the pooling is AᵀxB with matrices of means.</summary>
    /// <param name="gradients">The gradients Δ [T, N, C, k, k].</param>
    /// <param name="height">The height H of the images.</param>
    /// <param name="width">The width W of the images.</param>
    /// <returns>The gradients [T, N, C, H, W].</returns>
    public static Tensor AdaptiveAvgPool2d(Tensor gradients, int height, int width)
    {
        using var owned = gradients;
        using var scope = NewDisposeScope();
        var (size, dtype, device) = ((int)gradients.shape[4], gradients.dtype, gradients.device);
        return Means(height, size, dtype, device).matmul(gradients).matmul(Means(width, size, dtype, device).t())
            .MoveToOuterDisposeScope();
    }

    /// <summary>Returns the matrix M with which an adaptive pooling takes means, xᵀM.</summary>
    /// <param name="length">The number of pixels.</param>
    /// <param name="size">The number of means.</param>
    /// <param name="dtype">The type of the matrix.</param>
    /// <param name="device">The device of the matrix.</param>
    /// <returns>The matrix [length, size].</returns>
    internal static Tensor Means(int length, int size, ScalarType dtype, Device device)
    {
        using var one = eye(length, dtype: dtype, device: device);
        using var rows = one.unsqueeze(0);
        using var means = F.adaptive_avg_pool1d(rows, size);
        return means.squeeze(0);
    }

    /// <summary>Computes the maximum of each piece of a sequence, and the position of each maximum.</summary>
    /// <param name="sequences">The sequences [N, C, 1, L].</param>
    /// <param name="kernel">The length of a piece.</param>
    /// <param name="stride">The number of values from one piece to the next.</param>
    /// <param name="padding">The number of values that are added at each end, which are no maximum.</param>
    /// <returns>The maxima [N, C, 1, L'], and their positions [N, C, 1, L'], int64, in the sequence without padding.</returns>
    public static (Tensor Maxima, Tensor Indices) MaxPool1d(Tensor sequences, int kernel, int stride, int padding) =>
        F.max_pool2d_with_indices(sequences, [1, kernel], [1, stride], [0, padding]);

    /// <summary>Computes the maximum of each square of an image, for squares without overlap, and the position of each maximum.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <returns>The maxima [N, C, H', W'], and their positions [N, C, H', W'], int64, where the H·W pixels are numbered row by
    /// row.</returns>
    public static (Tensor Maxima, Tensor Indices) MaxPool2d(Tensor images, int kernel) => MaxPool2d(images, kernel, kernel, 0);

    /// <summary>Computes the maximum of each square of an image, and the position of each maximum.</summary>
    /// <param name="images">The images [N, C, H, W].</param>
    /// <param name="kernel">The height and width of a square.</param>
    /// <param name="stride">The number of pixels from one square to the next.</param>
    /// <param name="padding">The number of pixels that are added on each side, which are no maximum.</param>
    /// <returns>The maxima [N, C, H', W'], and their positions [N, C, H', W'], int64, where the H·W pixels of the image without padding
    /// are numbered row by row.</returns>
    public static (Tensor Maxima, Tensor Indices) MaxPool2d(Tensor images, int kernel, int stride, int padding) =>
        F.max_pool2d_with_indices(images, [kernel, kernel], [stride, stride], [padding, padding]);
}
