using static TorchSharp.torch;

namespace UAmtfl.LinearModels;

/// <summary>Why an iterative fit ended.</summary>
public enum StopReason
{
    /// <summary>The optimality gap is within the tolerance.</summary>
    Tolerance,

    /// <summary>The iterations are used up: the model is not the minimiser to the tolerance asked for.</summary>
    IterationLimit,
}

/// <summary>What <see cref="ProximalGradient"/> found.</summary>
/// <param name="Model">W and b.</param>
/// <param name="Components">W_cᵀ, each [T, d], float64, that add up to W: one for each component of the penalty.</param>
/// <param name="Objective">Σ_t loss_t + penalty.</param>
/// <param name="Gap">The optimality gap: 0 at a minimiser; see <see cref="Penalties.ProximalPenalty.OptimalityGap"/>. It includes the gradient of the intercepts.</param>
/// <param name="Iterations">How many were made.</param>
/// <param name="Stop">Why it ended.</param>
public sealed record ProximalFit(LinearModel Model, IReadOnlyList<Tensor> Components, double Objective, double Gap, int Iterations, StopReason Stop);
