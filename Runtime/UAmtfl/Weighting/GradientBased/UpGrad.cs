using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Unconflicting projection of gradients: each gradient is projected on the cone of the directions that conflict with none, and the projections are combined by the preference u (Quinton
/// and Rey 2024, <i>Jacobian descent for multi-objective optimization</i>, eq. 5). The step conflicts with no task and grows linearly with each gradient. Scale: of Jᵀu, by default
/// of the mean gradient.</summary>
/// <remarks>T problems with one matrix, solved exactly; TorchJD's are biased by 10⁻⁴ on the diagonal. Two tasks with a preference of 1 each are <see cref="PcGrad"/>.</remarks>
/// <param name="tasks">T, at least 1.</param>
/// <param name="preference">u [T], not negative; null for 1/T each.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
/// <exception cref="ArgumentException"><paramref name="preference"/> has not T numbers, or some that are negative or not finite, or no positive one.</exception>
public sealed class UpGrad(int tasks, double[]? preference = null) : GramianWeighting(tasks)
{
    private readonly double[] preference = WeightingArguments.Preference(tasks, preference);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) =>
        ConeProjection.SumOfEach(gramian, [.. gramian.Tasks.Select(t => preference[t])]);
}
