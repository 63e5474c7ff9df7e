using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Weightings;

/// <summary>Keeps, entry by entry, the gradients of one sign, which is drawn by its share of the sum of their sizes (GradDrop, Chen et al.
/// 2020).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<GradDrop>(
    Formula = "Σ_t {0}, of each entry of Σ_t g_t one sign",
    Scale = "the sum of the gradients on average", Site = GradientSite.Representation)]
public sealed class GradDropAttribute : GradientWeightingAttribute;

/// <summary>Takes the mean of each entry of the gradients without its largest and smallest values (trimmed mean, Yin et al.
/// 2018).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<TrimmedMean>(Formula = "Σ_t {0}, the mean of each entry of g_t without the extremes", Scale = "weights sum to 1")]
public sealed class TrimmedMeanAttribute : GradientWeightingAttribute
{
    /// <summary>The number of values that are left out at each end, at most (T − 1) / 2.</summary>
    [TaskMaximum(Minus = 1, DividedBy = 2)]
    [Number(0, Default = 1, Summary = "How many values of each entry are left out at each end.")]
    public int Trim { get; init; } = 1;
}

/// <summary>Averages the gradients of log losses over steps and scales them to the largest norm: dual balancing (DB-MTL, Lin et al.
/// 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<DbMtl>(
    Formula = "Σ_t log {0}, averages of g_t over steps at the largest one's norm",
    Scale = "T times the largest norm at most")]
public sealed class DbMtlAttribute : GradientWeightingAttribute
{
    /// <summary>The share β of the average that a step keeps, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0.9, Summary = "β, how much of the average a step keeps.")]
    public double Beta { get; init; } = 0.9;

    /// <summary>The exponent of the step's number by which β is divided, at least 0.</summary>
    [Number(0, Default = 0, Summary = "β is divided by the step's number to this power.")]
    public double BetaSigma { get; init; }
}

/// <summary>Keeps a moving average of the gradients and steps the weights along it: multi-objective gradient correction (MoCo, Fernando et
/// al. 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<MoCo>(Formula = "Σ_t λ_t y_t, y_t the average of ℓ_t g_t / ‖g_t‖ over steps, of {0}", Scale = "weights sum to 1")]
public sealed class MoCoAttribute : GradientWeightingAttribute
{
    /// <summary>The rate of the average, above 0 and at most 1.</summary>
    [Number(0, 1, Above = true, Default = 0.5, Summary = "The step of the average.")]
    public double Beta { get; init; } = 0.5;

    /// <summary>The exponent of the step's number by which the rate of the average is divided, at least 0.</summary>
    [Number(0, Default = 0.5, Summary = "Its decay with the step's number.")]
    public double BetaSigma { get; init; } = 0.5;

    /// <summary>The rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "The step of the weights.")]
    public double Gamma { get; init; } = 0.1;

    /// <summary>The exponent of the step's number by which the rate of the weights is divided, at least 0.</summary>
    [Number(0, Default = 0.5, Summary = "Its decay with the step's number.")]
    public double GammaSigma { get; init; } = 0.5;

    /// <summary>The strength that draws the weights towards equal ones, at least 0.</summary>
    [Number(0, Default = 0, Summary = "The regularisation of the weights.")]
    public double Rho { get; init; }
}

/// <summary>Steps the weights along the products of two batches' gradients and applies them to a third batch: multi-objective gradient
/// with double sampling (MoDo, Chen et al. 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<MoDo>(Formula = "Σ_t λ_t {0}, λ ← Π(λ − γ(J₁J₂ᵀλ + ρλ))", Scale = "weights sum to 1")]
public sealed class MoDoAttribute : GradientWeightingAttribute
{
    /// <summary>The rate γ of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001, Summary = "γ, the step of the weights.")]
    public double Gamma { get; init; } = 0.001;

    /// <summary>The strength ρ that draws the weights towards equal ones, at least 0.</summary>
    [Number(0, Default = 0.1, Summary = "ρ, the regularisation of the weights.")]
    public double Rho { get; init; } = 0.1;
}

/// <summary>Steps along the shortest combination of the gradients, drawn towards their mean, with the products of two batches: stochastic
/// direction-oriented multi-objective gradient descent (SDMGrad, Xiao, Ban and Ji 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<SdmGrad>(Formula = "Σ_t (w_t + λ/T) / (1 + λ) {0}, w by projected gradient on J₁J₂ᵀ", Scale = "weights sum to 1")]
public sealed class SdmGradAttribute : GradientWeightingAttribute
{
    /// <summary>The strength λ that draws the direction towards the mean gradient, at least 0.</summary>
    [Number(0, Default = 0.3, Summary = "λ, how strong the pull to the mean gradient is.")]
    public double Lambda { get; init; } = 0.3;

    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 10, Summary = "The learning rate of the weights.")]
    public double LearningRate { get; init; } = 10;

    /// <summary>The number of steps of the weights in each step of the network, at least 1.</summary>
    [Number(1, Default = 20, Summary = "How many steps the weights take in each step of the network.")]
    public int Iterations { get; init; } = 20;
}

/// <summary>Weights tasks by the excess risk that they have left, because labels with noise then do not raise a weight (ExcessMTL, He et
/// al. 2024). The weights sum to T.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<ExcessMtl>(Formula = "Σ_t w_t {0}, w_t ∝ exp(η Σ excess risk)", Scale = "weights sum to T")]
public sealed class ExcessMtlAttribute : GradientWeightingAttribute
{
    /// <summary>The rate η of the log weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.01, Summary = "η, the step of the log weights.")]
    public double Eta { get; init; } = 0.01;
}
