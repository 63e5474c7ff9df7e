namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the mean of the gradients that are closest to their neighbours, so that outlying gradients cannot move the step
/// (Krum). The score of g_i is the sum of ‖g_i − g_j‖² over its T − f − 2 nearest gradients, and the m gradients with the smallest scores
/// have the weight 1/m (Blanchard et al. 2017, <i>Machine learning with adversaries: Byzantine tolerant gradient descent</i>, section 4;
/// m above 1 is its Multi-Krum). Scale: the weights sum to 1.</summary>
/// <remarks>Distances are squared as in the paper; TorchJD sums distances that are not squared. Of equal scores the task with the lower
/// number wins. If tasks have no gradient in a batch, the number of neighbours stays at least 1, and at most as many gradients are
/// selected as there are.</remarks>
public sealed class Krum : GramianWeighting
{
    private readonly int byzantine;
    private readonly int selected;

    /// <summary>Creates the weighting for f gradients that may be arbitrary and m that are selected.</summary>
    /// <param name="tasks">The number of tasks T, at least f + 3.</param>
    /// <param name="byzantine">The number f of gradients that may be arbitrary, at least 0.</param>
    /// <param name="selected">The number m of selected gradients, between 1 and T.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Krum(int tasks, int byzantine, int selected)
        : base(WeightingArguments.AtLeast(tasks, WeightingArguments.In<KrumAttribute>(byzantine) + 3))
    {
        this.byzantine = byzantine;
        this.selected = WeightingArguments.In<KrumAttribute>(selected);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selected, tasks);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var n = gramian.Count;
        var neighbours = Math.Min(Math.Max(n - byzantine - 2, 1), n - 1);
        var scores = new double[n];
        for (var i = 0; i < n; i++)
        {
            var distances = new List<double>(n);
            for (var j = 0; j < n; j++)
            {
                // Rounding may make the squared distance of equal gradients negative.
                if (j != i)
                {
                    distances.Add(Math.Max(0, gramian[i, i] - gramian[i, j] + (gramian[j, j] - gramian[i, j])));
                }
            }

            distances.Sort();
            scores[i] = distances.Take(neighbours).Sum();
        }

        var weights = new double[n];
        var count = Math.Min(selected, n);
        foreach (var i in Enumerable.Range(0, n).OrderBy(i => scores[i]).Take(count))
        {
            weights[i] = 1.0 / count;
        }

        return weights;
    }
}
