using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>The reasons for which an iterative fit ends.</summary>
public enum StopReason
{
    /// <summary>The optimality gap is within the tolerance.</summary>
    Tolerance,

    /// <summary>The iterations are used up before the optimality gap is within the tolerance.</summary>
    IterationLimit,
}

/// <summary>The model that <see cref="ProximalGradient"/> found, with its certificate of optimality.</summary>
/// <param name="Model">The weights W and the intercepts b.</param>
/// <param name="Components">The components W_cᵀ of the weights, each [T, d], float64, one for each component of the penalty; they add
/// up to W.</param>
/// <param name="Objective">The objective Σ_t loss_t + penalty.</param>
/// <param name="Gap">The optimality gap (<see cref="Penalties.ProximalPenalty.OptimalityGap"/>), which is 0 at a minimiser. It includes
/// the gradient of the intercepts.</param>
/// <param name="Iterations">The number of iterations made.</param>
/// <param name="Stop">The reason for which the fit ended.</param>
public sealed record ProximalFit(
    LinearModel Model, IReadOnlyList<Tensor> Components, double Objective, double Gap, int Iterations, StopReason Stop);
