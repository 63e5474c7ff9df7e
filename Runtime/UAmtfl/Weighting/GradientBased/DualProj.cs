using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Projects the preferred combination Jᵀu of the gradients on the cone of the directions that conflict with none: w is the
/// minimiser of vᵀGv over v ≥ u (Lopez-Paz and Ranzato 2017, <i>Gradient episodic memory for continual learning</i>, eq. 11; named by
/// Quinton and Rey 2024). Scale: that of Jᵀu, by default of the mean gradient.</summary>
/// <remarks>TorchJD adds 10⁻⁴ to the diagonal of the normalised Gramian, which biases the weights; here the projection is exact.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="preference">The preferences u [T], not negative; null for 1/T each.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
/// <exception cref="ArgumentException"><paramref name="preference"/> does not have T numbers, has one that is negative or not finite,
/// or has no positive one.</exception>
public sealed class DualProj(int tasks, double[]? preference = null) : GramianWeighting(tasks)
{
    private readonly double[] preference = WeightingArguments.Preference(tasks, preference);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) =>
        ConeProjection.Solve(gramian, [.. gramian.Tasks.Select(t => preference[t])]);
}
