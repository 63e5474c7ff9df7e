using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Trunks;

/// <summary>Computes layers of sequences (channels, length). A network holds them as images of one row, [N, C, 1, L], so that whatever
/// copies, mixes or normalises images does the same to sequences.</summary>
public static class Sequences
{
    /// <summary>Turns sequences into images of one row.</summary>
    /// <param name="sequences">The sequences [N, C, L].</param>
    /// <returns>The same values [N, C, 1, L], a view.</returns>
    public static Tensor Rows(Tensor sequences) => sequences.unsqueeze(2);

    /// <summary>Takes the maximum of each piece of a sequence.</summary>
    /// <param name="sequences">The sequences [N, C, 1, L].</param>
    /// <param name="kernel">The length of a piece.</param>
    /// <param name="stride">The number of values from one piece to the next.</param>
    /// <param name="padding">The number of values that are added at each end, which are no maximum.</param>
    /// <returns>The maxima [N, C, 1, L'].</returns>
    public static Tensor MaxPool(Tensor sequences, int kernel, int stride, int padding) =>
        F.max_pool2d(sequences, [1, kernel], [1, stride], [0, padding]);

    /// <summary>Takes the mean of each piece of a sequence.</summary>
    /// <param name="sequences">The sequences [N, C, 1, L].</param>
    /// <param name="kernel">The length of a piece.</param>
    /// <param name="stride">The number of values from one piece to the next.</param>
    /// <param name="padding">The number of zeros that are added at each end and count in the mean.</param>
    /// <returns>The means [N, C, 1, L'].</returns>
    public static Tensor AvgPool(Tensor sequences, int kernel, int stride, int padding) =>
        F.avg_pool2d(sequences, [1, kernel], [1, stride], [0, padding]);
}
