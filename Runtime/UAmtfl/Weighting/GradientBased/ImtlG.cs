using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the combination with equal projections on all gradients: impartial multi-task learning, IMTL-G, w ∝ D⁻¹C⁺1 with
/// D the norms and C the cosines of the gradients (Liu et al. 2021, <i>Towards impartial multi-task learning</i>, eq. 6). Scale: the
/// weights sum to 1; single ones may be negative.</summary>
/// <remarks>The pseudo-inverse makes it defined for parallel gradients too. LibMTL inverts, which fails for them, and always adds the
/// paper's loss transform, which is <see cref="Imtl"/> here. If the weights with sum 1 would point against all gradients, where the
/// libraries ascend, their sign is reversed, and they sum to −1. They are 0 if no combination has a common positive projection, as for
/// two opposite gradients.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
public sealed class ImtlG(int tasks) : GramianWeighting(tasks)
{
    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => Impartial(gramian);

    /// <summary>Returns the impartial weights.</summary>
    internal static double[] Impartial(Gramian gramian)
    {
        var rows = new UnitRows(gramian);
        var y = EqualProjections(rows);
        var smallest = rows.Norms.Min();
        double[] weights = [.. y.Select((value, i) => value * (smallest / rows.Norms[i]))];
        var size = weights.Sum(Math.Abs);
        // The sum of the weights may vanish; their sizes then sum to 1.
        var sum = Math.Abs(weights.Sum()) is var s && s > 1e-12 * size ? s : size;
        return size > 0 ? [.. weights.Select(w => w / sum)] : weights;
    }

    /// <summary>Returns C⁺1, the combination of unit gradients whose projections on each are 1 or as near as possible; 0 if the
    /// projections are only rounding.</summary>
    internal static double[] EqualProjections(UnitRows rows)
    {
        double[] ones = [.. Enumerable.Repeat(1.0, rows.Count)];
        var eigen = SymmetricEigen.Of(rows.Cosines, rows.Count);
        // For pairs of opposite gradients, for example, only rounding is left, and scaling that up would be a step along noise.
        var reached = eigen.Axes.Take(eigen.Rank).Sum(axis => Math.Pow(axis.Sum(), 2));
        return reached > 1e-20 * rows.Count ? eigen.Apply(value => 1 / value, ones) : new double[rows.Count];
    }
}
