using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>T linear predictors: o_t = x · w_t + b_t.</summary>
/// <param name="Weights">Wᵀ [T, d], one row a task, float64.</param>
/// <param name="Biases">b [T], float64.</param>
/// <param name="Transfer">|B| [T, T], the learnt transfer from row to column; null where the method learns none.</param>
public sealed record LinearModel(Tensor Weights, Tensor Biases, Tensor? Transfer = null)
{
    /// <summary>The outputs.</summary>
    /// <param name="inputs">X [N, d], float64.</param>
    /// <returns>[N, T]</returns>
    public Tensor Predict(Tensor inputs) => nn.functional.linear(inputs, Weights, Biases);
}
