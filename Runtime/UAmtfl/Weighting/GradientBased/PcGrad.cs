using UAmtfl.Numerics;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Removes from each gradient the part that points against another, and sums the gradients: gradient surgery, PCGrad (Yu et
/// al. 2020, <i>Gradient surgery for multi-task learning</i>, algorithm 1). In turn and in random order, g_i ← g_i − min(g_i·g_j,
/// 0)/‖g_j‖² g_j with the original g_j. Scale: that of the sum of the gradients; w = 1 if none conflict.</summary>
/// <remarks>For more than two tasks the result depends on the order, and the sum may conflict. With two it is <see cref="UpGrad"/> with
/// preferences of 1. The projections are computed on T × T inner products, whereas LibMTL computes them on gradients, with one
/// synchronisation with the device for each pair.</remarks>
public sealed class PcGrad : GramianWeighting
{
    private readonly StateRandom random;

    /// <summary>Starts the random order of the tasks.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
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
                if (product < 0)
                {
                    combination[j] -= product / gramian[j, j];
                }
            }

            Vectors.AddScaled(weights, 1, combination);
        }

        return weights;
    }
}
