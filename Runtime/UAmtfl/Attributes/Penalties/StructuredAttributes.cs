namespace UAmtfl;

// Penalties on the heads W [M, k], one row an output, of which w_t are all rows of task t; with [LinearModel] on the linear models themselves. The ones that
// are not smooth act by their proximal operator: after each step of the optimiser, or in the exact solver.

/// <summary>strength · Σ_i ‖w_i‖_q over the columns of W: each feature is used by all tasks or by none (ℓ1/ℓq; Obozinski et al. 2010, Argyriou et al. 2008).</summary>
/// <param name="strength">λ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GroupLassoAttribute(double strength) : Attribute
{
    /// <summary>λ.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>q.</summary>
    public GroupNorm Norm { get; init; } = GroupNorm.Two;

    /// <summary>What is a group: the weights of a feature, or those of a task.</summary>
    public GroupBy By { get; init; } = GroupBy.Feature;
}

/// <summary>strength · ‖W‖_*, the sum of singular values: the tasks share a subspace of few dimensions (Argyriou et al. 2008).</summary>
/// <param name="strength">λ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TraceNormAttribute(double strength) : Attribute
{
    /// <summary>λ.</summary>
    [Number(0)]
    public double Strength { get; } = strength;
}

/// <summary>strength · (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²), w̄ the mean over tasks, which need equally many outputs (Evgeniou and Pontil 2004).</summary>
/// <param name="strength">The weight of the whole, at least 0.</param>
/// <param name="lambda">λ, at least 0; at 1 the penalty is strength/T ‖W‖².</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MeanConstraintAttribute(double strength, double lambda) : Attribute
{
    /// <summary>The weight of the whole.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>λ.</summary>
    [Number(0)]
    public double Lambda { get; } = lambda;
}

/// <summary>Which tasks a graph makes alike.</summary>
public enum GraphShape
{
    /// <summary>Each task and the mean of all.</summary>
    Mean,

    /// <summary>Each task and the next in order of declaration: stages of a disease, years.</summary>
    Chain,
}

/// <summary>strength · Σ ‖w_s − w_t‖² along the edges of a graph of tasks, which need equally many outputs (MALSAR's SRMTL without its ℓ₁ term).</summary>
/// <param name="strength">ρ₁, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskGraphAttribute(double strength) : Attribute
{
    /// <summary>ρ₁.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The graph.</summary>
    public GraphShape Shape { get; init; }
}

/// <summary>W = P + Q with shared · Σ_i ‖p_i‖_∞ + own · ‖Q‖₁ (Jalali et al. 2010, «a dirty model»).</summary>
/// <param name="shared">λ_b, at least 0.</param>
/// <param name="own">λ_s, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DirtyAttribute(double shared, double own) : Attribute
{
    /// <summary>λ_b.</summary>
    [Number(0)]
    public double Shared { get; } = shared;

    /// <summary>λ_s.</summary>
    [Number(0)]
    public double Own { get; } = own;
}

/// <summary>W = P + Q with lowRank · ‖P‖_* + sparse · ‖Q‖₁ (Chen, Liu and Ye 2010).</summary>
/// <param name="lowRank">At least 0.</param>
/// <param name="sparse">At least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SparseLowRankAttribute(double lowRank, double sparse) : Attribute
{
    /// <summary>The weight of ‖P‖_*.</summary>
    [Number(0)]
    public double LowRank { get; } = lowRank;

    /// <summary>The weight of ‖Q‖₁.</summary>
    [Number(0)]
    public double Sparse { get; } = sparse;
}

/// <summary>W = P + Q with lowRank · ‖P‖_* + outliers · Σ_t ‖q_t‖₂: a task follows the others or has weights of its own (Chen, Zhou and Ye
/// 2011, MALSAR's RMTL).</summary>
/// <param name="lowRank">At least 0.</param>
/// <param name="outliers">At least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RobustTasksAttribute(double lowRank, double outliers) : Attribute
{
    /// <summary>The weight of ‖P‖_*.</summary>
    [Number(0)]
    public double LowRank { get; } = lowRank;

    /// <summary>The weight of Σ_t ‖q_t‖₂.</summary>
    [Number(0)]
    public double Outliers { get; } = outliers;
}
