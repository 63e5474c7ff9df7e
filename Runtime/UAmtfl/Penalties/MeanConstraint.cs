using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises W by strength · (‖w̄‖² + λ/T · Σ_t ‖w_t − w̄‖²), with w̄ the mean of the tasks' weights, so that tasks stay near
/// their mean (Evgeniou and Pontil 2004). Its eigenspaces are the part of W that is equal in all tasks, with 1/T, and the part that
/// deviates, with λ/T; λ = 1 is ridge regression with strength/T.</summary>
/// <param name="strength">The weight of the whole penalty, at least 0.</param>
/// <param name="lambda">The weight λ of the distance from the mean, at least 0; above 1 it draws the tasks together.</param>
/// <exception cref="UAmtflException">The strength or λ is below 0 or not finite.</exception>
public sealed class MeanConstraint(double strength, double lambda) : SmoothPenalty
{
    /// <summary>The weight of the whole penalty, at least 0.</summary>
    public double Strength { get; } = NotNegative(strength, "strength");

    /// <summary>The weight λ of the distance from the mean, at least 0.</summary>
    public double Lambda { get; } = NotNegative(lambda, "lambda");

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.MeanConstraint(weights, Strength, Lambda);

    /// <summary>Returns the gradient, 2 · strength/T · (w̄ + λ (w_t − w̄)) in the row of task t.</summary>
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
