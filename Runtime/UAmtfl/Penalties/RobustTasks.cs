namespace UAmtfl.Penalties;

/// <summary>Penalises W = P + Q by outliers · Σ_t ‖q_t‖₂ and a penalty on P, so that a task either follows the others or has weights of
/// its own.</summary>
public sealed class RobustTasks : StructuredPenalty
{
    private RobustTasks(ProximalPenalty shared, double outliers)
        : base([shared, new GroupLasso(outliers, GroupNorm.Two, GroupBy.Task)])
    {
    }

    /// <summary>Makes the penalty with lowRank · ‖P‖_* on P, so that the tasks that follow the others share a subspace (Chen, Zhou and
    /// Ye 2011, «robust multi-task learning»).</summary>
    /// <param name="lowRank">The weight of ‖P‖_*, at least 0.</param>
    /// <param name="outliers">The weight of Σ_t ‖q_t‖₂, at least 0.</param>
    /// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
    public static RobustTasks LowRank(double lowRank, double outliers) => new(new TraceNorm(lowRank), outliers);

    /// <summary>Makes the penalty with features · Σ_i ‖p_i‖₂ on P, so that the tasks that follow the others share features (Gong, Ye
    /// and Zhang 2012, «robust multi-task feature learning»).</summary>
    /// <param name="features">The weight of Σ_i ‖p_i‖₂, at least 0.</param>
    /// <param name="outliers">The weight of Σ_t ‖q_t‖₂, at least 0.</param>
    /// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
    public static RobustTasks Features(double features, double outliers) => new(new GroupLasso(features), outliers);
}
