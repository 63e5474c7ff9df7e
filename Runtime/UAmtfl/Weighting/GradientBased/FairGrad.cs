using System.Globalization;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the α-fair direction, whose weights are the w &gt; 0 with Gw = w^(−1/α); α = 1 is proportional fairness, α → ∞
/// max-min fairness (FairGrad; Ban and Ji 2024, <i>Fair resource allocation in multi-task learning</i>, eq. 6). Scale: w_t =
/// (g_t·d)^(−α); for gradients s times as long w is s^(−2α/(1 + α)) times as large.</summary>
/// <remarks>The weights are solved by Newton's method; LibMTL and TorchJD solve a least squares problem in w, which has other
/// stationary points. α = 0 gives w = 1. If the gradients have no common descent direction, there is no solution; that of gradients
/// with slightly larger norms takes its place, and d vanishes.
/// <para>w_t^(1/α) (Gw)_t = 1 holds to 10⁻⁹, or to the last digits of the sum (Gw)_t if it cancels, for α from 0.05 to 10 and norms
/// within four decades, and for α = 1 and any norms. Beyond, a sum can fall below all digits. A step in which the solver ends early has
/// the weights of α = 1; the number of such steps is in the result, and the report warns of it.</para></remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="alpha">The fairness α, from 0 to 100.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class FairGrad(int tasks, double alpha) : GramianWeighting(tasks)
{
    private readonly double alpha = WeightingArguments.In<FairGradAttribute>(alpha);
    private int steps, replaced;

    /// <inheritdoc/>
    internal override string? Shortfall => replaced == 0 ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"FairGrad could not solve for alpha = {alpha} in {replaced} of {steps} steps, which had the weights of alpha = 1: "
            + $"choose an alpha nearer to 1");

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        steps++;
        if (alpha == 0)
        {
            return [.. Enumerable.Repeat(1.0, gramian.Count)];
        }

        var weights = PositiveRoot.Solve(gramian, alpha, out var solved);
        replaced += solved ? 0 : 1;
        return weights;
    }
}
