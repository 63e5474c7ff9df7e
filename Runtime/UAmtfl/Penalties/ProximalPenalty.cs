using TorchSharp;
using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>A convex penalty Ω(W) whose proximal operator is known exactly (Parikh and Boyd 2014). Weights are Wᵀ [T, d], one row a
/// task, float32 or float64, on any device: for linear models, or for the heads of a network, where a proximal step after the
/// optimiser's step gives zeros that are exact. Nothing here waits for the device but <see cref="OptimalityGap"/>.</summary>
public abstract class ProximalPenalty
{
    /// <summary>Ω(W).</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <returns>[], differentiable (almost everywhere).</returns>
    public abstract Tensor Value(Tensor weights);

    /// <summary>argmin over V of ½‖V − W‖² + step · Ω(V).</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="step">At least 0.</param>
    /// <returns>[T, d], new.</returns>
    public abstract Tensor Proximal(Tensor weights, double step);

    /// <summary>The subgradient of Ω at W that is nearest to the target in the Euclidean norm. Where W has structure (zeros, ties,
    /// a rank below full), it must have it exactly, as what <see cref="Proximal"/> returns does.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="target">[T, d]</param>
    /// <returns>[T, d], new.</returns>
    public abstract Tensor NearestSubgradient(Tensor weights, Tensor target);

    /// <summary>How far W is from minimising f + Ω: the largest entry, in absolute value, of ∇f(W) + S, with the subgradient S of Ω
    /// that is nearest to −∇f(W). It is 0 exactly at the minimisers.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="gradient">∇f(W) [T, d].</param>
    /// <returns>At least 0, in units of the gradient.</returns>
    public double OptimalityGap(Tensor weights, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return (gradient + NearestSubgradient(weights, gradient.neg())).abs().max().to(ScalarType.Float64).item<double>();
    }

    /// <summary>The value, if it is a strength.</summary>
    /// <param name="value">At least 0 and finite.</param>
    /// <param name="name">What it is called in the message.</param>
    /// <exception cref="UAmtflException">It is not.</exception>
    protected static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new UAmtflException(FormattableString.Invariant($"A penalty's {name} is {value}: give a finite number, at least 0."));
}
