using UAmtfl.Weighting.Solvers;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Multi-objective gradients with double sampling: one step of projected gradient descent on the weights, λ ← Π(λ − γ(Cλ + ρλ)) with C the inner products of two independent batches' gradients, whose mean is JJᵀ without
/// the noise of one batch; a third batch steps with λ (Chen et al. 2023, <i>Three-way trade-off in multi-objective learning</i>, eq. 6). Scale: the weights sum to 1 over all tasks.</summary>
/// <remarks>The rows and columns of tasks without a gradient count as 0. λ starts at 1/T, and is kept. γ is in units of one over a squared gradient, as in LibMTL; a γ that is
/// too large has λ jump between corners.</remarks>
public sealed class MoDo : CrossWeighting
{
    private readonly double gamma;
    private readonly double rho;
    private readonly StateArray lambda;

    /// <summary>Begins with 1/T each.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="gamma">γ, above 0; 0.001 in LibMTL.</param>
    /// <param name="rho">ρ, at least 0; 0.1 in LibMTL.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public MoDo(int tasks, double gamma, double rho)
        : base(tasks)
    {
        this.gamma = WeightingArguments.In<MoDoAttribute>(gamma);
        this.rho = WeightingArguments.In<MoDoAttribute>(rho);
        lambda = Keep("weights", tasks, 1.0 / tasks);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian cross)
    {
        var kept = lambda.Values;
        var slopes = cross.Times([.. cross.Tasks.Select(t => lambda.Values[t])]);
        var moved = new double[Tasks];
        for (var t = 0; t < Tasks; t++)
        {
            moved[t] = kept[t] - (gamma * rho * kept[t]);
        }

        for (var i = 0; i < slopes.Length; i++)
        {
            moved[cross.Tasks[i]] -= gamma * slopes[i];
        }

        SimplexProjection.Of(moved).CopyTo(kept);
        return [.. cross.Tasks.Select(t => lambda.Values[t])];
    }
}
