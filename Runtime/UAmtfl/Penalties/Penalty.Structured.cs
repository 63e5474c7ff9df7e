using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <content>Penalties on the weights of all tasks as one matrix, as terms of an objective that is differentiated.</content>
public static partial class Penalty
{
    /// <summary>The proximal step of a penalty after a step of the optimiser, in place. A parameter that is not trained stays as it is. To be
    /// called under no_grad.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="penalty">Ω.</param>
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

    /// <summary>strength · Σ_g ‖w_g‖_q: see <see cref="Penalties.GroupLasso"/>. Its gradient at a group of zeros is taken as 0.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="strength">At least 0.</param>
    /// <param name="norm">q.</param>
    /// <param name="by">What a group is.</param>
    /// <returns>[]</returns>
    public static Tensor GroupLasso(Tensor weights, double strength, GroupNorm norm = GroupNorm.Two, GroupBy by = GroupBy.Feature)
    {
        var order = norm switch { GroupNorm.One => 1, GroupNorm.Two => 2, _ => double.PositiveInfinity };
        return strength * linalg.vector_norm(weights, order, [by == GroupBy.Feature ? 0 : 1]).sum();
    }

    /// <summary>strength · ‖W‖_*: see <see cref="Penalties.TraceNorm"/>.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="strength">At least 0.</param>
    /// <returns>[]</returns>
    public static Tensor TraceNorm(Tensor weights, double strength) => strength * linalg.svdvals(weights).sum();

    /// <summary>strength · (‖w̄‖² + λ/T · Σ_t ‖w_t − w̄‖²): see <see cref="Penalties.MeanConstraint"/>.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="strength">At least 0.</param>
    /// <param name="lambda">λ, at least 0.</param>
    /// <returns>[]</returns>
    public static Tensor MeanConstraint(Tensor weights, double strength, double lambda)
    {
        var mean = weights.mean([0L], keepdim: true);
        return strength * (mean.square().sum() + (lambda / weights.shape[0] * (weights - mean).square().sum()));
    }

    /// <summary>strength · ‖W R‖²_F: see <see cref="GraphSmoothness"/>.</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <param name="strength">At least 0.</param>
    /// <param name="combinations">R [T, combinations], of the type and on the device of the weights: see <see cref="TaskGraph"/>.</param>
    /// <returns>[]</returns>
    public static Tensor Graph(Tensor weights, double strength, Tensor combinations) =>
        strength * combinations.t().matmul(weights).square().sum();
}
