using UAmtfl.Numerics;
using UAmtfl.Weighting.Solvers;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps along the Nash bargaining solution of the tasks, in which each gradient's share w_t g_t·d of ‖d‖² = T is 1: Nash-MTL,
/// the w &gt; 0 with Gw = 1/w (Navon et al. 2022, <i>Multi-task learning as a bargaining game</i>, claim 3.1). Scale: ‖d‖ = √T,
/// whatever the gradients, but at most the largest norm given.</summary>
/// <remarks>The weights are solved by Newton's method to rounding. The published code, and LibMTL after it, approximates by a sequence
/// of convex programmes, and with a newer CVXPY without ECOS returns ones without a message. d is independent of each gradient's scale;
/// it is that of <see cref="FairGrad"/> with α = 1. If the gradients have no common descent direction, there is no solution; that of
/// gradients with slightly larger norms takes its place. d then vanishes: ‖d‖ is only rounding, 10⁻⁴ or less of the sum of the weights
/// times the norms, and no longer √T.
/// <para>The largest norm shortens the weights, and therefore the steps of heads with weighted gradients, by the same factor, √T at the
/// defaults. The authors' program and LibMTL clip only the trunk's gradient; here trunk and heads keep the proportion that the weights
/// give them. The norm is limited before the average of CR-MOGM, whose direction may be longer.</para>
/// The kept weights are solved anew if a task has a gradient now that had none when they were solved.</remarks>
public sealed class NashMtl : GramianWeighting
{
    private readonly int updateEvery;
    private readonly double maxNorm;
    private readonly StateArray cached;
    private readonly StateArray steps;

    /// <summary>Starts without weights, which the first step solves.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="updateEvery">The number of steps for which weights are kept, at least 1.</param>
    /// <param name="maxNorm">The largest norm ‖d‖, at least 0; 0 for no limit. LibMTL and TorchJD have 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public NashMtl(int tasks, int updateEvery, double maxNorm)
        : base(tasks)
    {
        this.updateEvery = WeightingArguments.In<NashMtlAttribute>(updateEvery);
        this.maxNorm = WeightingArguments.In<NashMtlAttribute>(maxNorm);
        // 0 means that the weights have never been solved.
        cached = Keep("weights", tasks);
        steps = Keep("steps", 1);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var kept = cached.Values;
        var due = steps.Values[0] % updateEvery == 0;
        steps.Values[0]++;
        foreach (var task in gramian.Tasks)
        {
            due |= kept[task] == 0;
        }

        if (due)
        {
            kept.Clear();
            var solved = PositiveRoot.Solve(gramian, 1);
            for (var i = 0; i < solved.Length; i++)
            {
                kept[gramian.Tasks[i]] = solved[i];
            }
        }

        var weights = new double[gramian.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = kept[gramian.Tasks[i]];
        }

        return Clipped(gramian, weights);
    }

    private double[] Clipped(Gramian gramian, double[] weights)
    {
        var norm = Math.Sqrt(Math.Max(0, Vectors.Dot(weights, gramian.Times(weights))));
        return maxNorm > 0 && norm > maxNorm ? [.. weights.Select(w => w * (maxNorm / norm))] : weights;
    }
}
