using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The sum of the task losses of linear predictors, with its gradients.</summary>
internal abstract class LinearLoss
{
    /// <summary>The largest number of entries of all tasks' Gram matrices together (512 MiB); if they had more, the rows are used
    /// instead.</summary>
    private const long GramLimit = 1 << 26;

    /// <summary>The loss at W = 0 and b = 0, which gives the scale of rounding errors.</summary>
    public abstract double AtZero { get; }

    /// <summary>Chooses how to compute the loss: from Gram matrices if the loss is quadratic and they are not much larger than the
    /// data, else from the rows.</summary>
    /// <param name="data">The tasks.</param>
    public static LinearLoss Of(CentredData data)
    {
        var (d, matrices) = (data.Dimension, data.Distinct.Count);
        var quadratic = Enumerable.Range(0, data.Tasks).All(t => !data.IsBinary(t));
        return quadratic && d <= 2 * data.Longest && d * d * matrices <= GramLimit ? new GramLoss(data) : new RowLoss(data);
    }

    /// <summary>Computes the loss and its gradients at a point.</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="biases">The intercepts b [T], for centred inputs.</param>
    /// <returns>The loss [], its gradient in the weights [T, d] and in the biases [T].</returns>
    public abstract (Tensor Value, Tensor Weights, Tensor Biases) At(Tensor weights, Tensor biases);
}
