using UAmtfl.Numerics;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the direction u that has the same positive cosine to all gradients, with the length of the sum of the gradients'
/// projections on it: ConFIG, d = (Σ_t g_t·u) u with u ∝ U⁺1 and U the unit gradients (Liu, Chu and Thuerey 2025, <i>ConFIG: towards
/// conflict-free training of physics informed neural networks</i>, eq. 2 and 3). Scale: that of the sum of the gradients; w = 1 for equal
/// gradients.</summary>
/// <remarks>It is computed from inner products, U⁺1 = Uᵀ(UUᵀ)⁺1, whereas TorchJD takes the pseudo-inverse of the T × P gradients. The
/// weights are 0 if no combination has a positive cosine to all gradients, as for two opposite ones.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
public sealed class ConFig(int tasks) : GramianWeighting(tasks)
{
    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var rows = new UnitRows(gramian);
        var y = ImtlG.EqualProjections(rows);
        var (length, square) = (0.0, 0.0);
        for (var i = 0; i < y.Length; i++)
        {
            var projection = Vectors.Dot(rows.Row(i), y);
            length += rows.Norms[i] * projection;
            square += y[i] * projection;
        }

        return square > 0 ? [.. y.Select((value, i) => length / square * value / rows.Norms[i])] : new double[y.Length];
    }
}
