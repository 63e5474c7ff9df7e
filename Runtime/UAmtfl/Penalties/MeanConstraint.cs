using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>strength · (‖w̄‖² + λ/T · Σ_t ‖w_t − w̄‖²) with w̄ the mean of the tasks: tasks near their mean (Evgeniou and Pontil
/// 2004). The part of W that is equal in all tasks and the part that deviates are eigenspaces of it, with 1/T and λ/T; λ = 1 is ridge
/// regression with strength/T.</summary>
/// <param name="strength">At least 0.</param>
/// <param name="lambda">λ, at least 0: above 1 draws the tasks together.</param>
/// <exception cref="UAmtflException">The strength or λ is below 0 or not finite.</exception>
public sealed class MeanConstraint(double strength, double lambda) : SmoothPenalty
{
    /// <summary>At least 0.</summary>
    public double Strength { get; } = NotNegative(strength, "strength");

    /// <summary>λ.</summary>
    public double Lambda { get; } = NotNegative(lambda, "lambda");

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.MeanConstraint(weights, Strength, Lambda);

    /// <summary>2 · strength/T · (w̄ + λ (w_t − w̄)).</summary>
    /// <inheritdoc/>
    public override Tensor Gradient(Tensor weights)
    {
        var factor = 2 * Strength / weights.shape[0];
        return Scaled(weights, factor, factor * Lambda);
    }

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step)
    {
        var factor = 2 * step * Strength / weights.shape[0];
        return Scaled(weights, 1 / (1 + factor), 1 / (1 + (factor * Lambda)));
    }

    private static Tensor Scaled(Tensor weights, double common, double deviation)
    {
        using var scope = NewDisposeScope();
        var mean = weights.mean([0L], keepdim: true);
        return ((mean * common) + ((weights - mean) * deviation)).MoveToOuterDisposeScope();
    }
}
