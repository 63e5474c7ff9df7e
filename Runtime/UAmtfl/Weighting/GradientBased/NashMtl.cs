using UAmtfl.Numerics;
using UAmtfl.Weighting.Solvers;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>The Nash bargaining solution: w &gt; 0 with Gw = 1/w, so that each gradient's share w_t g_t·d of ‖d‖² = T is 1 (Navon et al. 2022,
/// <i>Multi-task learning as a bargaining game</i>, claim 3.1). Scale: ‖d‖ = √T, whatever the gradients; at most the largest norm that is given.</summary>
/// <remarks>Solved by Newton's method to rounding. The published code, and LibMTL after it, approximates by a sequence of convex programmes, and with a
/// newer CVXPY without ECOS quietly returns ones. The weights are independent of each gradient's scale; equal to <see cref="FairGrad"/> with α = 1.
/// Where the gradients have no common descent direction there is no solution; that of gradients with slightly larger norms takes its place. d then vanishes: ‖d‖ is as long as rounding makes it, 10⁻⁴
/// or less of what the weights times the norms add up to, and no longer √T.
/// <para>The largest norm shortens the weights, and so the steps of heads with weighted gradients by the same factor, √T at the defaults, where the authors' program and LibMTL clip the trunk's gradient alone: so
/// trunk and heads keep the proportion that the weights give them. It acts before the average of CR-MOGM, whose direction may be longer.</para>
/// A task that had no gradient when the kept weights were solved has them solved anew.</remarks>
public sealed class NashMtl : GramianWeighting
{
    private readonly int updateEvery;
    private readonly double maxNorm;
    private readonly StateArray cached;
    private readonly StateArray steps;

    /// <summary>Begins.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="updateEvery">How many steps the weights are kept, at least 1.</param>
    /// <param name="maxNorm">The largest ‖d‖, at least 0; 0 for none. LibMTL and TorchJD have 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public NashMtl(int tasks, int updateEvery, double maxNorm)
        : base(tasks)
    {
        this.updateEvery = WeightingArguments.In<NashMtlAttribute>(updateEvery);
        this.maxNorm = WeightingArguments.In<NashMtlAttribute>(maxNorm);
        // 0 is for never solved.
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
