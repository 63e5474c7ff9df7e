using System.Numerics;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Gives one task the weight 1 and the others weights by the similarity of their gradients to its own, w_t = max(cos(g_t,
/// g_f), 0) (Liu, Liang and Gitter 2019, <i>Loss-balanced task weighting to reduce negative transfer in multi-task learning</i>, and
/// their poster's reinforced multi-task learning, algorithm 3). Scale: that of the focus task's gradient.</summary>
/// <remarks>The printed algorithm selects the best policy, a set of tasks, by cos(Σg_t, g_f). The set with only the focus task always
/// has the largest value, 1, and would be single-task learning. Policies are therefore sets of other tasks here, which join the focus
/// task. Soft, the default of the released code, weighs each task by its own similarity. There is no step if the focus task has no
/// gradient in the batch.</remarks>
public sealed class FocusedLearning : GramianWeighting
{
    private const int MostForSubsets = 12;

    private readonly int focus;
    private readonly FocusSelect select;
    private readonly double threshold;

    /// <summary>Chooses the focus task.</summary>
    /// <param name="tasks">The number of tasks T, at least 1; at most 12 for subsets.</param>
    /// <param name="focus">The index of the focus task, 0 … T − 1.</param>
    /// <param name="select">The way in which other tasks are selected.</param>
    /// <param name="threshold">The cosine above which a task can be selected, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public FocusedLearning(int tasks, int focus, FocusSelect select, double threshold)
        : base(tasks)
    {
        this.focus = WeightingArguments.AtLeast(focus, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(focus, tasks);
        this.select = WeightingArguments.Defined(select);
        if (select == FocusSelect.Subset)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(tasks, MostForSubsets);
        }

        this.threshold = WeightingArguments.In<FocusedLearningAttribute>(threshold);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var weights = new double[gramian.Count];
        var f = Enumerable.Range(0, gramian.Count).FirstOrDefault(i => gramian.Tasks[i] == focus, -1);
        if (f < 0)
        {
            return weights;
        }

        int[] others = [.. Enumerable.Range(0, gramian.Count).Where(i => i != f)];
        switch (select)
        {
            case FocusSelect.Soft:
                foreach (var i in others)
                {
                    weights[i] = Reward(gramian.Cosine(i, f));
                }

                break;
            case FocusSelect.Best when others.Length > 0:
                var best = others.MaxBy(i => gramian.Cosine(i, f));
                weights[best] = Reward(gramian.Cosine(best, f));
                break;
            case FocusSelect.Subset:
                JoinBestSubset(gramian, f, others, weights);
                break;
        }

        weights[f] = 1;
        return weights;
    }

    /// <summary>Returns 0, because a gradient that is 0 agrees with no other, and without the focus task there is no step.</summary>
    protected internal override double WeightWithoutGradient(double[] solved) => 0;

    private double Reward(double cosine) => cosine > threshold ? cosine : 0;

    /// <summary>Gives weight 1 to the best set of other tasks; of equals the first in the order of their binary numbers.</summary>
    private void JoinBestSubset(Gramian gramian, int f, int[] others, double[] weights)
    {
        var (best, most) = (0u, 0.0);
        for (var set = 1u; set < 1u << others.Length; set++)
        {
            var (along, square) = (0.0, 0.0);
            for (var left = set; left != 0; left &= left - 1)
            {
                var i = others[BitOperations.TrailingZeroCount(left)];
                along += gramian[i, f];
                for (var other = set; other != 0; other &= other - 1)
                {
                    square += gramian[i, others[BitOperations.TrailingZeroCount(other)]];
                }
            }

            var cosine = along > 0 && square > 0 ? Math.Min(1, along / gramian.Norm(f) / Math.Sqrt(square)) : 0;
            if (cosine > most)
            {
                (best, most) = (set, cosine);
            }
        }

        for (var k = 0; k < others.Length; k++)
        {
            if ((best >> k & 1) == 1)
            {
                weights[others[k]] = Reward(most);
            }
        }
    }
}
