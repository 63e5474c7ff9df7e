using UAmtfl.Numerics;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Gradient vaccine: each gradient, in turn and in random order, is turned towards each other until their cosine φ is the running mean φ̂ of their cosines, if it was
/// below, g_i ← g_i + ‖g_i‖(φ̂ √(1 − φ²) − φ √(1 − φ̂²)) / (‖g_j‖ √(1 − φ̂²)) g_j; φ̂ ← (1 − β)φ̂ + βφ; the sum steps (Wang et al. 2021,
/// <i>Gradient vaccine</i>, algorithm 1 and eq. 2). Scale: of the sum of the gradients; w = 1 where nothing turns.</summary>
/// <remarks>φ̂ starts at 0, so that the first step is that of <see cref="PcGrad"/>. It is kept for each pair of tasks over all shared parameters; the
/// paper also has it for each layer. It moves at every step, as in the paper and TorchJD; LibMTL's version
/// moved it only where a gradient was turned. β is 0.5 in
/// LibMTL and TorchJD, 0.01 in the paper's experiments. A target above 1 − 10⁻⁶ counts as that: parallel to the last digit takes a multiple without bound.</remarks>
public sealed class GradVac : GramianWeighting
{
    private const double LargestTarget = 1 - 1e-6;

    private readonly double beta;
    private readonly StateRandom random;
    private readonly StateArray targets;

    /// <summary>Begins; the order is drawn from a generator seeded from the global random state.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="beta">β, between 0 and 1: how much a step moves the means.</param>
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
                if (j != i) Turn(gramian, combination, products, i, j);
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
        // Turned away until nothing is left but rounding: there is no direction to compare.
        var norm = square > 1e-14 * gramian[i, i] ? Math.Sqrt(square) : 0;
        var cosine = norm > 0 ? Math.Clamp(products[j] / norm / gramian.Norm(j), -1, 1) : 0;
        if (norm > 0 && cosine < target)
        {
            var wanted = Math.Min(target, LargestTarget);
            // The first term is 0 for a target of 0, and the second then the exact projection.
            var across = wanted / Math.Sqrt(1 - (wanted * wanted)) * norm * Math.Sqrt(1 - (cosine * cosine)) / gramian.Norm(j);
            var factor = Math.Max(0, across - (products[j] / gramian[j, j]));
            combination[j] += factor;
            Vectors.AddScaled(products, factor, gramian.Row(j));
        }

        target = ((1 - beta) * target) + (beta * cosine);
    }
}
