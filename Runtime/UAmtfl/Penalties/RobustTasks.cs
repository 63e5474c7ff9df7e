namespace UAmtfl.Penalties;

/// <summary>W = P + Q with an outlier part: outliers · Σ_t ‖q_t‖₂ over the tasks, so that a task either follows the others or has
/// weights of its own.</summary>
public sealed class RobustTasks : StructuredPenalty
{
    private RobustTasks(ProximalPenalty shared, double outliers)
        : base([shared, new GroupLasso(outliers, GroupNorm.Two, GroupBy.Task)])
    {
    }

    /// <summary>lowRank · ‖P‖_* for the tasks that are alike (Chen, Zhou and Ye 2011, «robust multi-task learning»).</summary>
    /// <param name="lowRank">At least 0.</param>
    /// <param name="outliers">At least 0.</param>
    /// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
    public static RobustTasks LowRank(double lowRank, double outliers) => new(new TraceNorm(lowRank), outliers);

    /// <summary>features · Σ_i ‖p_i‖₂ for the tasks that are alike (Gong, Ye and Zhang 2012, «robust multi-task feature learning»).</summary>
    /// <param name="features">At least 0.</param>
    /// <param name="outliers">At least 0.</param>
    /// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
    public static RobustTasks Features(double features, double outliers) => new(new GroupLasso(features), outliers);
}
