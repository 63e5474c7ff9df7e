using UAmtfl.Numerics;
using UAmtfl.Weighting.State;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>Descends the losses on a further batch under the constraint that the parameters minimise a weighted sum of losses: FORUM, a
/// first-order multi-gradient method (Ye, Lin, Cao, Zhang and Tsang 2024, <i>A First-Order Multi-Gradient Algorithm for Multi-Objective
/// Bi-Level Optimization</i>, ECAI). The constraint that θ minimises Σ_t λ_t L_t, λ = softmax(a), is q(a, θ) = Σ_t λ_t (L_t(θ) −
/// L_t(θ_N)) ≤ 0, with θ_N after N steps of gradient descent from θ, held constant. One step d of a and θ lowers the upper losses and
/// q: d = Σ_k κ_k ∇U_k + ν ∇q with ν = max(ρ − ⟨∇q, Σ_k κ_k ∇U_k⟩/‖∇q‖², 0), so that ⟨∇q, d⟩ ≥ ρ‖∇q‖².</summary>
/// <remarks>Scale: the upper losses have the weights κ, which sum to 1, and the lower ones ν λ, of any size. κ is a moving average, at
/// the rate β, of the minimiser over the simplex of min over ν ≥ 0 of ½‖Σ_k κ_k ∇U_k + ν ∇q‖² − ν ρ‖∇q‖². Adam steps a, as in the
/// authors' code (at a rate of 0.001). That code also scales the gradients of the upper losses to norm 1, which the paper does not; it
/// lets β fall as epoch^(−3/4); and it minimises with ρ/2 and constrains with ρ, where both are ρ here. A task without a label in the
/// upper batch keeps its κ, and the others share the rest. A step takes T gradients of both batches, and N of the weighted sum.</remarks>
public sealed class Forum : LearnedWeights
{
    private readonly double step, rho, beta;
    private readonly int innerSteps;
    private readonly StateArray upper;

    /// <summary>Starts with equal weights on both levels.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="learningRate">The learning rate of a, above 0.</param>
    /// <param name="step">The length η of the steps to θ_N, above 0.</param>
    /// <param name="innerSteps">The number N of steps to θ_N, at least 1.</param>
    /// <param name="rho">The progress ρ of a step along ∇q, above 0.</param>
    /// <param name="beta">The rate β of the moving average, above 0 and at most 1, which has no memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Forum(int tasks, double learningRate, double step, int innerSteps, double rho, double beta)
        : base(tasks, WeightingArguments.In<ForumAttribute>(learningRate), 0)
    {
        (this.step, this.innerSteps) = (WeightingArguments.In<ForumAttribute>(step), WeightingArguments.In<ForumAttribute>(innerSteps));
        (this.rho, this.beta) = (WeightingArguments.In<ForumAttribute>(rho), WeightingArguments.In<ForumAttribute>(beta));
        upper = Keep("upper", tasks, 1.0 / tasks);
    }

    /// <inheritdoc/>
    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem)
    {
        var (lambda, inner, gramian, cross) = (Simplex.SoftmaxOf(Learned), problem.Lower(), problem.Upper(), problem.Cross());
        inner.RequireFinite();
        gramian.RequireFinite();
        cross.RequireFinite();
        var wayOfWeights = HyperGradients.ThroughSoftmax(Falls(problem, lambda), lambda);
        var square = Vectors.Dot(wayOfWeights, wayOfWeights) + Math.Max(Vectors.Dot(lambda, inner.Times(lambda)), 0);
        // No progress along the constraint is required if it has no gradient.
        var (slopes, target) = (cross.Times(lambda), square > 0 ? rho : 0);
        foreach (ref var slope in slopes.AsSpan())
        {
            slope = square > 0 ? slope / square : 0;
        }

        Average(gramian.WithGradient(), slopes, square, target);
        var kappa = upper.Values.ToArray();
        var nu = Math.Max(target - Vectors.Dot(slopes, kappa), 0);
        Descend([.. wayOfWeights.Select(w => nu * w)]);
        return ([.. lambda.Select(l => nu * l)], kappa);
    }

    /// <summary>Updates κ ← κ + β (κ* − κ) among the tasks with an upper gradient.</summary>
    private void Average(Gramian active, double[] slopes, double square, double target)
    {
        if (active.Count == 0)
        {
            return;
        }

        var solved = UpperLevel.UpperWeights(active, [.. active.Tasks.Select(t => slopes[t])], square, target);
        var share = 0.0;
        foreach (var t in active.Tasks)
        {
            share += upper.Values[t];
        }

        for (var k = 0; k < active.Count; k++)
        {
            ref var value = ref upper.Values[active.Tasks[k]];
            value += beta * ((share * solved[k]) - value);
        }
    }

    /// <summary>Returns the falls of the losses, L_t(θ) − L_t(θ_N), [T].</summary>
    private double[] Falls(BilevelProblem problem, double[] lambda)
    {
        var (before, after) = (problem.LowerLosses(), problem.LowerLossesAfter(lambda, step, innerSteps));
        return Array.FindIndex(after, l => !double.IsFinite(l)) is >= 0 and var task
            ? throw new UAmtflException(
                $"the loss of task {task + 1} is not finite after {innerSteps} trial steps of FORUM: lower the length of its steps")
            : [.. before.Select((l, t) => l - after[t])];
    }
}
