using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the shortest convex combination of the gradients, which is a descent direction of every task or 0: multiple
/// gradient descent, MGDA (Désidéri 2012; Sener and Koltun 2018, <i>Multi-task learning as multi-objective optimization</i>, eq. 3).
/// The weights are a/n with a the minimiser of ‖Σ_t a_t g_t/n_t‖² over the simplex, and n_t given by the normalisation. Scale: the
/// weights sum to 1 without normalisation.</summary>
/// <remarks>Without normalisation a task with small gradients dominates. The minimum is exact, whereas LibMTL keeps the pairwise
/// weights within [0.001, 0.999] and stops at a change of 10⁻⁵, and TorchJD's Frank-Wolfe at 10⁻³. With a normalisation the step is
/// that of the normalised gradients, as in LibMTL; the code of Sener and Koltun applies a to the original gradients, which can
/// conflict. A loss below 10⁻¹² in size counts as 10⁻¹².</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="normalisation">The normalisation n_t.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
public sealed class Mgda(int tasks, MgdaNormalisation normalisation) : GramianWeighting(tasks)
{
    private readonly MgdaNormalisation normalisation = WeightingArguments.Defined(normalisation);

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        if (normalisation == MgdaNormalisation.None)
        {
            return MinimumNorm.Solve(gramian);
        }

        var n = gramian.Count;
        var (divisors, values) = (new double[n], new double[n * n]);
        for (var i = 0; i < n; i++)
        {
            var loss = normalisation == MgdaNormalisation.L2 ? 1 : Math.Max(Math.Abs(losses[i]), 1e-12);
            divisors[i] = loss * (normalisation == MgdaNormalisation.Loss ? 1 : gramian.Norm(i));
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                values[(i * n) + j] = gramian[i, j] / divisors[i] / divisors[j];
            }
        }

        var solved = MinimumNorm.Solve(new(values));
        return [.. solved.Select((a, i) => a / divisors[i])];
    }
}
