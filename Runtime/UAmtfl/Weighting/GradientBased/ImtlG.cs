using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Impartial multi-task learning, gradients: the combination with weights of sum 1 whose projections on all gradients are equal, w ∝ D⁻¹C⁺1 with D the
/// norms and C the cosines (Liu et al. 2021, <i>Towards impartial multi-task learning</i>, eq. 6). Scale: the weights sum to 1; single ones may be negative.</summary>
/// <remarks>With a pseudo-inverse it is defined for parallel gradients too; LibMTL inverts, which fails there, and always adds the paper's loss transform, which
/// is <see cref="Imtl"/> here. Where the weights with sum 1 would point against all gradients, their sign is turned, and they sum to −1: the
/// libraries ascend there. They are 0 where no combination has a common positive projection, as for two opposite gradients.</remarks>
/// <param name="tasks">T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
public sealed class ImtlG(int tasks) : GramianWeighting(tasks)
{
    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => Impartial(gramian);

    /// <summary>The weights.</summary>
    internal static double[] Impartial(Gramian gramian)
    {
        var rows = new UnitRows(gramian);
        var y = EqualProjections(rows);
        var smallest = rows.Norms.Min();
        double[] weights = [.. y.Select((value, i) => value * (smallest / rows.Norms[i]))];
        var size = weights.Sum(Math.Abs);
        // The weights' sum may vanish by itself; then their sizes sum to 1.
        var sum = Math.Abs(weights.Sum()) is var s && s > 1e-12 * size ? s : size;
        return size > 0 ? [.. weights.Select(w => w / sum)] : weights;
    }

    /// <summary>C⁺1: the combination of unit gradients with the projection 1 on each, or the nearest to that; 0 where it has no projection but rounding.</summary>
    internal static double[] EqualProjections(UnitRows rows)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, rows.Count)];
        var eigen = SymmetricEigen.Of(rows.Cosines, rows.Count);
        // As of pairs of opposite gradients: what is left of it is rounding, and to scale that up would be a step along noise.
        var reached = eigen.Axes.Take(eigen.Rank).Sum(axis => Math.Pow(axis.Sum(), 2));
        return reached > 1e-20 * rows.Count ? eigen.Apply(value => 1 / value, ones) : new double[rows.Count];
    }
}
