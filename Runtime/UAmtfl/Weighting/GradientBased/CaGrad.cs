using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the direction within c‖g₀‖ of the mean gradient g₀ that improves the worst task most: conflict-averse gradient
/// descent, CAGrad, d = g₀ + c‖g₀‖/‖g_w‖ g_w with w the minimiser of g_wᵀg₀ + c‖g₀‖ ‖g_w‖ over the simplex (Liu et al. 2021,
/// <i>Conflict-averse gradient descent for multi-task learning</i>, eq. 4). Scale: that of the mean gradient, up to 1 + c times it;
/// divided by 1 + c² with rescaling.</summary>
/// <remarks>LibMTL rescales by default and TorchJD never does, so that for c = 0.5 their steps differ by a fifth under the same name.
/// LibMTL solves with SLSQP on a single-precision Gramian, TorchJD with a conic solver. Here the worst improvement is within 10⁻⁹ of
/// its bound by duality, relative to ‖g₀‖ times the longest gradient, or within 10⁻⁸ relative to the longest gradient's square if
/// gradients are opposite. If no direction improves all tasks and several worsen none, as with opposite gradients, d is the one of
/// these nearest to g₀.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="c">The radius c, at least 0 and below 1; 0 gives the mean gradient.</param>
/// <param name="rescale">True if the direction is divided by 1 + c².</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class CaGrad(int tasks, double c, bool rescale) : GramianWeighting(tasks)
{
    private readonly double c = WeightingArguments.In<CaGradAttribute>(c);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var weights = c > 0 ? ConflictAverse.Solve(gramian, c) : [.. Enumerable.Repeat(1.0 / gramian.Count, gramian.Count)];
        return rescale ? [.. weights.Select(w => w / (1 + (c * c)))] : weights;
    }
}
