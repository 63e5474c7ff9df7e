using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises weights by strength · Σ |w|, the lasso (Tibshirani 1996). Its proximal operator is the soft threshold
/// sign(w) · (|w| − step · strength)₊.</summary>
/// <param name="strength">The weight of the penalty, at least 0.</param>
/// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
public sealed class L1Penalty(double strength) : ProximalPenalty
{
    /// <summary>The weight of the penalty, at least 0.</summary>
    public double Strength { get; } = NotNegative(strength, "strength");

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.L1([weights], Strength);

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step) => nn.functional.softshrink(weights, step * Strength);

    /// <inheritdoc/>
    public override Tensor NearestSubgradient(Tensor weights, Tensor target)
    {
        using var scope = NewDisposeScope();
        return where(weights != 0, weights.sign() * Strength, target.clamp(-Strength, Strength)).MoveToOuterDisposeScope();
    }
}
