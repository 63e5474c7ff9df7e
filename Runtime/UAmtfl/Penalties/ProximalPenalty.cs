using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>A convex penalty Ω(W) whose proximal operator is known exactly (Parikh and Boyd 2014), on linear models or on the heads of a
/// network. Weights are Wᵀ [T, d], one row for each task, float32 or float64, on any device. Only <see cref="OptimalityGap"/> waits for
/// the device.</summary>
public abstract class ProximalPenalty
{
    /// <summary>Returns the penalty's value Ω(W).</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <returns>The penalty [], differentiable almost everywhere.</returns>
    public abstract Tensor Value(Tensor weights);

    /// <summary>Returns the proximal operator, the V that minimises ½‖V − W‖² + step · Ω(V).</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="step">The step size, at least 0.</param>
    /// <returns>A new tensor [T, d].</returns>
    public abstract Tensor Proximal(Tensor weights, double step);

    /// <summary>Returns the subgradient of Ω at W that is nearest to a target in the Euclidean norm. Zeros, equal entries and a low
    /// rank of W must be exact, as in the results of <see cref="Proximal"/>, because the set of subgradients depends on them.</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="target">The target [T, d].</param>
    /// <returns>A new tensor [T, d].</returns>
    public abstract Tensor NearestSubgradient(Tensor weights, Tensor target);

    /// <summary>Measures how far W is from minimising f + Ω: the largest absolute entry of ∇f(W) + S, with S the subgradient of Ω
    /// nearest to −∇f(W). It is 0 at the minimisers and nowhere else.</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="gradient">The gradient ∇f(W) [T, d].</param>
    /// <returns>The distance, at least 0, in units of the gradient.</returns>
    public double OptimalityGap(Tensor weights, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        return (gradient + NearestSubgradient(weights, gradient.neg())).abs().max().to(ScalarType.Float64).item<double>();
    }

    /// <summary>Returns a penalty's strength, after a check that it is finite and at least 0.</summary>
    /// <param name="value">The strength.</param>
    /// <param name="name">The strength's name in the message.</param>
    /// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
    protected static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new UAmtflException(FormattableString.Invariant($"A penalty's {name} is {value}: give a finite number, at least 0."));
}
