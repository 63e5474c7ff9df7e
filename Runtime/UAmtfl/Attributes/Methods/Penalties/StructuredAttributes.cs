namespace UAmtfl.Methods;

// These penalties apply to the heads W [M, k], which have one row for each output; w_t denotes all rows of task t. With [LinearModel] they
// apply to the linear models themselves. Penalties that are not smooth are applied through their proximal operator, after each step of the
// optimiser or in the exact solver.

/// <summary>Adds strength · Σ_i ‖w_i‖_q over the columns of W, so that each feature is used by all tasks or by none (ℓ1/ℓq; Obozinski
/// et al. 2010, Argyriou et al. 2008).</summary>
/// <param name="strength">The strength λ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GroupLassoAttribute(double strength) : Attribute
{
    /// <summary>The strength λ, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The norm ‖·‖_q of each group.</summary>
    public GroupNorm Norm { get; init; } = GroupNorm.Two;

    /// <summary>The choice of groups: the weights of one feature, or those of one task.</summary>
    public GroupBy By { get; init; } = GroupBy.Feature;
}

/// <summary>Adds strength · ‖W‖_*, the sum of the singular values of W, so that the tasks share a subspace of few dimensions (Argyriou
/// et al. 2008).</summary>
/// <param name="strength">The strength λ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TraceNormAttribute(double strength) : Attribute
{
    /// <summary>The strength λ, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;
}

/// <summary>Adds strength · (‖w̄‖² + λ/T Σ_t ‖w_t − w̄‖²), where w̄ is the mean of the tasks' weights, so that tasks stay close to
/// their mean (Evgeniou and Pontil 2004). All tasks need the same number of outputs.</summary>
/// <param name="strength">The weight of the whole penalty, at least 0.</param>
/// <param name="lambda">The weight λ of the distances from the mean, at least 0; at 1 the penalty is strength/T ‖W‖².</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MeanConstraintAttribute(double strength, double lambda) : Attribute
{
    /// <summary>The weight of the whole penalty, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The weight λ of the tasks' distance from their mean, at least 0; at 1 the penalty is strength/T ‖W‖².</summary>
    [Number(0)]
    public double Lambda { get; } = lambda;
}

/// <summary>Adds strength · Σ_t ‖w_t − w̄‖², the distances of the tasks from their mean w̄, or with the shape Chain strength ·
/// Σ ‖w_t − w_{t+1}‖², those of neighbours in the order of declaration (MALSAR's SRMTL without its ℓ₁ term). All tasks need the same
/// number of outputs.</summary>
/// <param name="strength">The strength ρ₁, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TaskGraphAttribute(double strength) : Attribute
{
    /// <summary>The strength ρ₁, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The shape of the graph of tasks.</summary>
    public GraphShape Shape { get; init; }
}

/// <summary>Splits the heads into W = P + Q and adds shared · Σ_i ‖p_i‖_∞ + own · ‖Q‖₁, so that P has features of all tasks and Q a few
/// weights of single tasks (Jalali et al. 2010, «a dirty model»).</summary>
/// <param name="shared">The weight λ_b of the penalty on P, at least 0.</param>
/// <param name="own">The weight λ_s of the penalty on Q, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DirtyAttribute(double shared, double own) : Attribute
{
    /// <summary>The weight λ_b of Σ_i ‖p_i‖_∞, the penalty on the features that all tasks share, at least 0.</summary>
    [Number(0)]
    public double Shared { get; } = shared;

    /// <summary>The weight λ_s of ‖Q‖₁, the penalty on the weights of single tasks, at least 0.</summary>
    [Number(0)]
    public double Own { get; } = own;
}

/// <summary>Splits the heads into W = P + Q and adds lowRank · ‖P‖_* + sparse · ‖Q‖₁, so that P has a low rank and Q few weights (Chen,
/// Liu and Ye 2010).</summary>
/// <param name="lowRank">The weight of ‖P‖_*, at least 0.</param>
/// <param name="sparse">The weight of ‖Q‖₁, at least 0.</param>
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

/// <summary>Splits the heads into W = P + Q and adds lowRank · ‖P‖_* + outliers · Σ_t ‖q_t‖₂, so that a task follows the others or has
/// weights of its own (Chen, Zhou and Ye 2011, MALSAR's RMTL).</summary>
/// <param name="lowRank">The weight of ‖P‖_*, at least 0.</param>
/// <param name="outliers">The weight of Σ_t ‖q_t‖₂, at least 0.</param>
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
