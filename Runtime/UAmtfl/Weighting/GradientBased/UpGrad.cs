using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Projects each gradient on the cone of the directions that conflict with none, and combines the projections by the
/// preferences u: unconflicting projection of gradients, UPGrad (Quinton and Rey 2024, <i>Jacobian descent for multi-objective
/// optimization</i>, eq. 5). The step conflicts with no task and grows linearly with each gradient. Scale: that of Jᵀu, by default of
/// the mean gradient.</summary>
/// <remarks>The T problems have one matrix and are solved exactly; TorchJD's are biased by 10⁻⁴ on the diagonal. For two tasks with
/// preferences of 1 it is <see cref="PcGrad"/>.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="preference">The preferences u [T], not negative; null for 1/T each.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
/// <exception cref="ArgumentException"><paramref name="preference"/> does not have T numbers, has one that is negative or not finite,
/// or has no positive one.</exception>
public sealed class UpGrad(int tasks, double[]? preference = null) : GramianWeighting(tasks)
{
    private readonly double[] preference = WeightingArguments.Preference(tasks, preference);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) =>
        ConeProjection.SumOfEach(gramian, [.. gramian.Tasks.Select(t => preference[t])]);
}
