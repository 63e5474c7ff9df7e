using UAmtfl.Weighting.GradientBased;

namespace UAmtfl;

/// <summary>Keeps, entry by entry, the gradients of one sign, drawn by how much of the sum has it (GradDrop, Chen et al. 2020).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<GradDrop>(
    Formula = "Σ_t {0}, of each entry of Σ_t g_t one sign",
    Scale = "the sum of the gradients on average", Site = GradientSite.Representation)]
public sealed class GradDropAttribute : GradientWeightingAttribute;

/// <summary>The entry-wise mean without the largest and the smallest (Yin et al. 2018).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<TrimmedMean>(Formula = "Σ_t {0}, the mean of each entry of g_t without the extremes", Scale = "weights sum to 1")]
public sealed class TrimmedMeanAttribute : GradientWeightingAttribute
{
    /// <summary>How many are left out at each end; T must be above twice as many.</summary>
    [TaskMaximum(Minus = 1, DividedBy = 2)]
    [Number(0, Default = 1, Summary = "How many values of each entry are left out at each end.")]
    public int Trim { get; init; } = 1;
}

/// <summary>Dual balancing: gradients of log losses, averaged over steps and scaled to the largest norm (DB-MTL, Lin et al.
/// 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<DbMtl>(
    Formula = "Σ_t log {0}, averages of g_t over steps at the largest one's norm",
    Scale = "T times the largest norm at most")]
public sealed class DbMtlAttribute : GradientWeightingAttribute
{
    /// <summary>β, how much of the average a step keeps, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0.9, Summary = "β, how much of the average a step keeps.")]
    public double Beta { get; init; } = 0.9;

    /// <summary>β is divided by the step's number to this power.</summary>
    [Number(0, Default = 0, Summary = "β is divided by the step's number to this power.")]
    public double BetaSigma { get; init; }
}

/// <summary>Multi-objective gradient correction: a tracking average of the gradients, and weights stepped along it (MoCo, Fernando et al.
/// 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<MoCo>(Formula = "Σ_t λ_t y_t, y_t the average of ℓ_t g_t / ‖g_t‖ over steps, of {0}", Scale = "weights sum to 1")]
public sealed class MoCoAttribute : GradientWeightingAttribute
{
    /// <summary>The step of the average, above 0.</summary>
    [Number(0, 1, Above = true, Default = 0.5, Summary = "The step of the average.")]
    public double Beta { get; init; } = 0.5;

    /// <summary>Its decay: divided by the step's number to this power.</summary>
    [Number(0, Default = 0.5, Summary = "Its decay with the step's number.")]
    public double BetaSigma { get; init; } = 0.5;

    /// <summary>The step of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "The step of the weights.")]
    public double Gamma { get; init; } = 0.1;

    /// <summary>Its decay.</summary>
    [Number(0, Default = 0.5, Summary = "Its decay with the step's number.")]
    public double GammaSigma { get; init; } = 0.5;

    /// <summary>The regularisation of the weights.</summary>
    [Number(0, Default = 0, Summary = "The regularisation of the weights.")]
    public double Rho { get; init; }
}

/// <summary>Multi-objective gradient with double sampling: weights stepped along the products of two batches' gradients, applied to a
/// third (MoDo, Chen et al. 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<MoDo>(Formula = "Σ_t λ_t {0}, λ ← Π(λ − γ(J₁J₂ᵀλ + ρλ))", Scale = "weights sum to 1")]
public sealed class MoDoAttribute : GradientWeightingAttribute
{
    /// <summary>The step of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001, Summary = "γ, the step of the weights.")]
    public double Gamma { get; init; } = 0.001;

    /// <summary>The regularisation of the weights.</summary>
    [Number(0, Default = 0.1, Summary = "ρ, the regularisation of the weights.")]
    public double Rho { get; init; } = 0.1;
}

/// <summary>Stochastic direction-oriented multi-objective gradient descent: the minimum-norm problem pulled towards the mean gradient,
/// with the products of two batches (SDMGrad, Xiao, Ban and Ji 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<SdmGrad>(Formula = "Σ_t (w_t + λ/T) / (1 + λ) {0}, w by projected gradient on J₁J₂ᵀ", Scale = "weights sum to 1")]
public sealed class SdmGradAttribute : GradientWeightingAttribute
{
    /// <summary>λ, how strong the pull is.</summary>
    [Number(0, Default = 0.3, Summary = "λ, how strong the pull to the mean gradient is.")]
    public double Lambda { get; init; } = 0.3;

    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 10, Summary = "The learning rate of the weights.")]
    public double LearningRate { get; init; } = 10;

    /// <summary>Steps of the weights each step of the network, at least 1.</summary>
    [Number(1, Default = 20, Summary = "How many steps the weights take in each step of the network.")]
    public int Iterations { get; init; } = 20;
}

/// <summary>Weights by the excess risk that a task has left, robust to label noise (ExcessMTL, He et al. 2024). The weights sum to
/// T.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<ExcessMtl>(Formula = "Σ_t w_t {0}, w_t ∝ exp(η Σ excess risk)", Scale = "weights sum to T")]
public sealed class ExcessMtlAttribute : GradientWeightingAttribute
{
    /// <summary>η, the step of the log weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.01, Summary = "η, the step of the log weights.")]
    public double Eta { get; init; } = 0.01;
}
