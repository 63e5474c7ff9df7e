using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The linear predictors of T tasks, o_t = x · w_t + b_t.</summary>
/// <param name="Weights">The weights Wᵀ [T, d], one row for each task, float64.</param>
/// <param name="Biases">The intercepts b [T], float64.</param>
/// <param name="Transfer">The learnt transfer |B| [T, T] from the row's task to the column's; null if the method learns none.</param>
public sealed record LinearModel(Tensor Weights, Tensor Biases, Tensor? Transfer = null)
{
    /// <summary>Computes the outputs of all tasks.</summary>
    /// <param name="inputs">The inputs X [N, d], float64.</param>
    /// <returns>The outputs [N, T].</returns>
    public Tensor Predict(Tensor inputs) => nn.functional.linear(inputs, Weights, Biases);
}
