using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <content>These penalties are terms of an objective that is differentiated, and take the weights of all tasks as one matrix.</content>
public static partial class Penalty
{
    /// <summary>Applies the proximal operator of a penalty in place, after a step of the optimiser. A parameter that is not trained
    /// stays as it is. Call it under no_grad.</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="penalty">The penalty Ω.</param>
    /// <param name="learningRate">The optimiser's step size, above 0.</param>
    public static void Step(Tensor weights, ProximalPenalty penalty, double learningRate)
    {
        if (IsFrozen(weights))
        {
            return;
        }

        using var scope = NewDisposeScope();
        weights.copy_(penalty.Proximal(weights, learningRate));
    }

    /// <summary>Returns strength · Σ_g ‖w_g‖_q (<see cref="Penalties.GroupLasso"/>), whose gradient at a group of zeros is taken as
    /// 0.</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="strength">The weight of the penalty, at least 0.</param>
    /// <param name="norm">The norm ‖·‖_q of each group.</param>
    /// <param name="by">The choice of groups: the weights of one feature, or those of one task.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor GroupLasso(Tensor weights, double strength, GroupNorm norm = GroupNorm.Two, GroupBy by = GroupBy.Feature)
    {
        var order = norm switch { GroupNorm.One => 1, GroupNorm.Two => 2, _ => double.PositiveInfinity };
        return strength * linalg.vector_norm(weights, order, [by == GroupBy.Feature ? 0 : 1]).sum();
    }

    /// <summary>Returns strength · ‖W‖_* (<see cref="Penalties.TraceNorm"/>).</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="strength">The weight of the penalty, at least 0.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor TraceNorm(Tensor weights, double strength) => strength * linalg.svdvals(weights).sum();

    /// <summary>Returns strength · (‖w̄‖² + λ/T · Σ_t ‖w_t − w̄‖²) (<see cref="Penalties.MeanConstraint"/>).</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="strength">The weight of the whole penalty, at least 0.</param>
    /// <param name="lambda">The weight λ of the distance from the mean, at least 0.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor MeanConstraint(Tensor weights, double strength, double lambda)
    {
        var mean = weights.mean([0L], keepdim: true);
        return strength * (mean.square().sum() + (lambda / weights.shape[0] * (weights - mean).square().sum()));
    }

    /// <summary>Returns strength · ‖W R‖²_F (<see cref="GraphSmoothness"/>).</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <param name="strength">The weight of the penalty, at least 0.</param>
    /// <param name="combinations">The graph's matrix R [T, combinations], of the type and on the device of the weights, as from
    /// <see cref="TaskGraph"/>.</param>
    /// <returns>The penalty [].</returns>
    public static Tensor Graph(Tensor weights, double strength, Tensor combinations) =>
        strength * combinations.t().matmul(weights).square().sum();
}
