using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Conflict-averse gradient descent: the direction within c‖g₀‖ of the mean gradient g₀ that improves the worst task most,
/// d = g₀ + c‖g₀‖/‖g_w‖ g_w with w the minimiser of g_wᵀg₀ + c‖g₀‖ ‖g_w‖ over the simplex (Liu et al. 2021, <i>Conflict-averse gradient descent
/// for multi-task learning</i>, eq. 4). Scale: of the mean gradient, up to 1 + c times it; divided by 1 + c² with rescaling.</summary>
/// <remarks>LibMTL rescales by default and TorchJD never does: the same name, and for c = 0.5 steps that differ by a fifth. LibMTL solves with SLSQP on a single
/// precision Gramian, TorchJD with a conic solver; here the worst improvement is within 10⁻⁹ of its bound by duality, relative to ‖g₀‖ times the longest gradient,
/// or within 10⁻⁸ relative to its square where gradients are opposite. Where no direction
/// improves all tasks and several worsen none (opposite gradients among others), d is the one of these nearest to g₀.</remarks>
/// <param name="tasks">T, at least 1.</param>
/// <param name="c">c, at least 0 and below 1; 0 is the mean gradient.</param>
/// <param name="rescale">True to divide by 1 + c².</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class CaGrad(int tasks, double c, bool rescale) : GramianWeighting(tasks)
{
    private readonly double c = WeightingArguments.In<CaGradAttribute>(c);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        double[] weights = c > 0 ? ConflictAverse.Solve(gramian, c) : [.. Enumerable.Repeat(1.0 / gramian.Count, gramian.Count)];
        return rescale ? [.. weights.Select(w => w / (1 + (c * c)))] : weights;
    }
}
