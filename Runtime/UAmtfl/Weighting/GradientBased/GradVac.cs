using UAmtfl.Numerics;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Turns each gradient towards the others until each cosine φ is at least the running mean φ̂ of earlier ones, and sums them:
/// gradient vaccine (Wang et al. 2021, <i>Gradient vaccine</i>, algorithm 1 and eq. 2). In turn and in random order,
/// g_i ← g_i + ‖g_i‖(φ̂ √(1 − φ²) − φ √(1 − φ̂²)) / (‖g_j‖ √(1 − φ̂²)) g_j if φ is below φ̂, and φ̂ ← (1 − β)φ̂ + βφ. Scale: that of
/// the sum of the gradients; w = 1 if no gradient is turned.</summary>
/// <remarks>φ̂ starts at 0, so that the first step is that of <see cref="PcGrad"/>. It is kept for each pair of tasks over all shared
/// parameters; the paper also has it for each layer. It moves at every step, as in the paper and TorchJD; LibMTL's version moved it
/// only if a gradient was turned. β is 0.5 in LibMTL and TorchJD, 0.01 in the paper's experiments. A target above 1 − 10⁻⁶ counts as 1
/// − 10⁻⁶, because making gradients parallel to the last digit takes an unbounded multiple.</remarks>
public sealed class GradVac : GramianWeighting
{
    private const double LargestTarget = 1 - 1e-6;

    private readonly double beta;
    private readonly StateRandom random;
    private readonly StateArray targets;

    /// <summary>Starts with mean cosines of 0.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="beta">The rate β at which a step moves the means, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public GradVac(int tasks, double beta)
        : base(tasks)
    {
        this.beta = WeightingArguments.In<GradVacAttribute>(beta);
        random = KeepRandom("random");
        targets = Keep("targets", tasks * tasks);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var n = gramian.Count;
        var weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            var (combination, products) = (new double[n], gramian.Row(i).ToArray());
            combination[i] = 1;
            foreach (var j in random.Permutation(n))
            {
                if (j != i)
                {
                    Turn(gramian, combination, products, i, j);
                }
            }

            Vectors.AddScaled(weights, 1, combination);
        }

        return weights;
    }

    /// <summary>Turns g_i, a combination of the gradients with its inner products with them, towards g_j.</summary>
    private void Turn(Gramian gramian, double[] combination, double[] products, int i, int j)
    {
        ref var target = ref targets.Values[(gramian.Tasks[i] * Tasks) + gramian.Tasks[j]];
        var square = Vectors.Dot(combination, products);
        // If turning has left only rounding of the gradient, there is no direction to compare.
        var norm = square > 1e-14 * gramian[i, i] ? Math.Sqrt(square) : 0;
        var cosine = norm > 0 ? Math.Clamp(products[j] / norm / gramian.Norm(j), -1, 1) : 0;
        if (norm > 0 && cosine < target)
        {
            var wanted = Math.Min(target, LargestTarget);
            // For a target of 0 the first term is 0, and the second is the exact projection.
            var across = wanted / Math.Sqrt(1 - (wanted * wanted)) * norm * Math.Sqrt(1 - (cosine * cosine)) / gramian.Norm(j);
            var factor = Math.Max(0, across - (products[j] / gramian[j, j]));
            combination[j] += factor;
            Vectors.AddScaled(products, factor, gramian.Row(j));
        }

        target = ((1 - beta) * target) + (beta * cosine);
    }
}
