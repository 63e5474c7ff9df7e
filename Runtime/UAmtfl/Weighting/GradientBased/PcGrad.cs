using UAmtfl.Numerics;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Gradient surgery: from each gradient, in turn and in random order, the part that points against another is taken away,
/// g_i ← g_i − min(g_i·g_j, 0)/‖g_j‖² g_j with g_j as it was; the sum steps (Yu et al. 2020, <i>Gradient surgery for multi-task
/// learning</i>, algorithm 1). Scale: of the sum of the gradients; w = 1 where none conflict.</summary>
/// <remarks>For more than two tasks the result depends on the order, and the sum may conflict. With two it is <see cref="UpGrad"/> with a preference
/// of 1 each. The projections are done on T × T inner products, where LibMTL does them on gradients, one synchronisation with the device for each pair.</remarks>
public sealed class PcGrad : GramianWeighting
{
    private readonly StateRandom random;

    /// <summary>Begins; the order is drawn from a generator seeded from the global random state.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
    public PcGrad(int tasks)
        : base(tasks) => random = KeepRandom("random");

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var n = gramian.Count;
        var weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            var combination = new double[n];
            combination[i] = 1;
            foreach (var j in random.Permutation(n))
            {
                var product = j == i ? 0 : Vectors.Dot(combination, gramian.Row(j));
                if (product < 0) combination[j] -= product / gramian[j, j];
            }

            Vectors.AddScaled(weights, 1, combination);
        }

        return weights;
    }
}
