using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Σ_t of the task losses of linear predictors, with its gradients.</summary>
internal abstract class LinearLoss
{
    /// <summary>The Gram matrices of all tasks may take this many numbers (512 MiB); beyond it the rows themselves are used.</summary>
    private const long GramLimit = 1 << 26;

    /// <summary>The loss at W = 0, b = 0: how large the numbers are that are rounded.</summary>
    public abstract double AtZero { get; }

    /// <summary>The better of the two ways: the Gram matrices if the loss is quadratic and they are not much larger than the data.</summary>
    /// <param name="data">The tasks.</param>
    /// <returns>The loss.</returns>
    public static LinearLoss Of(CentredData data)
    {
        var (d, matrices) = (data.Dimension, data.Distinct.Count);
        var quadratic = Enumerable.Range(0, data.Tasks).All(t => !data.IsBinary(t));
        return quadratic && d <= 2 * data.Longest && d * d * matrices <= GramLimit ? new GramLoss(data) : new RowLoss(data);
    }

    /// <summary>The loss and its gradients.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="biases">b [T], for centred inputs.</param>
    /// <returns>The loss [], its gradient in the weights [T, d] and in the biases [T].</returns>
    public abstract (Tensor Value, Tensor Weights, Tensor Biases) At(Tensor weights, Tensor biases);
}
