using UAmtfl.Weighting.Solvers;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Steps the weights by projected gradient descent on the products of two independent batches' gradients, whose mean is JJᵀ
/// without the noise of one batch, and the parameters on a third batch: multi-objective gradients with double sampling, MoDo, λ ← Π(λ −
/// γ(Cλ + ρλ)) with C those products (Chen et al. 2023, <i>Three-way trade-off in multi-objective learning</i>, eq. 6). Scale: the
/// weights sum to 1 over all tasks.</summary>
/// <remarks>The rows and columns of tasks without a gradient count as 0. λ starts at 1/T and is kept. γ has the unit of one over a squared
/// gradient, as in LibMTL; if it is too large, λ jumps between corners.</remarks>
public sealed class MoDo : CrossWeighting
{
    private readonly double gamma;
    private readonly double rho;
    private readonly StateArray lambda;

    /// <summary>Starts with weights of 1/T.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="gamma">The rate γ of λ, above 0; 0.001 in LibMTL.</param>
    /// <param name="rho">The strength ρ that draws λ towards equal weights, at least 0; 0.1 in LibMTL.</param>
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
