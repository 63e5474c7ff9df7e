using System.ComponentModel;
using UAmtfl.Weighting.LossBased;

namespace UAmtfl.Weightings;

/// <summary>Adds up the losses, Σ_t ℓ_t, as a variant without a weighting does, or takes their mean over tasks.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Equal>(Formula = "Σ_t {0}", Scale = "each weight is 1, or 1/T for the mean")]
public sealed class EqualAttribute : Attribute
{
    /// <summary>True for the mean, the sum divided by T, which with SGD is a learning rate T times smaller.</summary>
    [ChangesFormula("1/T Σ_t {0}")]
    public bool Mean { get; init; }
}

/// <summary>Adds up the losses with given weights, Σ_t c_t ℓ_t.</summary>
/// <param name="weights">The weights c_t, one finite number for each task, in the order of the tasks' declaration.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Constant>(Formula = "Σ_t c_t {0}", Scale = "weights as given")]
public sealed class ConstantAttribute(params double[] weights) : Attribute
{
    /// <summary>The weights c_t, in the order of the tasks' declaration.</summary>
    public double[] Weights { get; } = weights;
}

/// <summary>Draws random weights in each step, Σ_t w_t ℓ_t with w the softmax of normal numbers (RLW, Lin et al. 2022). The weights sum to
/// 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<RandomWeights>(Formula = "Σ_t w_t {0}, w = softmax(N(0, I))", Scale = "weights sum to 1")]
public sealed class RandomWeightsAttribute : Attribute;

/// <summary>Learns an uncertainty σ_t for each task, Σ_t ℓ_t / (2σ_t²) + log(1 + σ_t²), whose log term keeps the objective above 0 (Liebel
/// and Körner 2018).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<RevisedUncertainty>(Formula = "Σ_t ({0} / 2σ_t² + log(1 + σ_t²))", Scale = "weights are free")]
public sealed class RevisedUncertaintyAttribute : Attribute
{
    /// <summary>The learning rate of log σ_t² in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 10)]
    public double LearningRateScale { get; init; } = 10;
}

/// <summary>Gives more weight to tasks whose loss falls slowly, Σ_t w_t ℓ_t with w = T softmax(r / Temperature) and r_t the ratio of the
/// last two epochs' mean losses: dynamic weight average (DWA, Liu, Johns and Davison 2019). The weights sum to T.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Dwa>(
    Formula = "Σ_t w_t {0}, w = T softmax(r / temperature), r_t = the ratio of its last two epochs' means",
    Scale = "weights sum to T")]
public sealed class DwaAttribute : Attribute
{
    /// <summary>The temperature, above 0; the higher it is, the more equal are the weights.</summary>
    [Number(0, Above = true, Default = 2, Summary = "The temperature: large makes the weights equal.")]
    public double Temperature { get; init; } = 2;
}

/// <summary>Minimises the geometric mean of the losses, (Π_t ℓ_t)^(1/T) (GLS, Chennupati et al. 2019).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<GeometricMean>(Formula = "(Π_t {0})^(1/T)", Scale = "the weight of a loss is the mean's gradient")]
public sealed class GeometricMeanAttribute : Attribute;

/// <summary>Learns weights that bring all scaled losses to 1, Σ_t exp(s_t) ℓ_t − s_t: the loss half of impartial multi-task learning
/// (IMTL-L, Liu et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<ImtlL>(Formula = "Σ_t (exp(s_t) {0} − s_t)", Scale = "weights are free")]
public sealed class ImtlLAttribute : Attribute
{
    /// <summary>The learning rate of s in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}

/// <summary>Learns weights that make the log losses fall alike, from the losses before and after each step: fast adaptive multi-task
/// optimisation (FAMO, Liu et al. 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Famo>(Formula = "c Σ_t z_t log {0}, z = softmax(w), c = 1 / Σ_t (z_t / ℓ_t)", Scale = "weights sum to 1")]
public sealed class FamoAttribute : Attribute
{
    /// <summary>The learning rate of the weights' logits, above 0.</summary>
    [Number(0, Above = true, Default = 0.025, Summary = "The learning rate of the logits w.")]
    public double LearningRate { get; init; } = 0.025;

    /// <summary>The weight decay of the weights' logits, at least 0.</summary>
    [Number(0, Default = 0.001, Summary = "The weight decay of the logits w.")]
    public double Decay { get; init; } = 0.001;
}

/// <summary>Minimises a smooth maximum of the weighted losses, μ log Σ_t exp(λ_t ℓ_t / μ), which becomes the maximum as μ → 0: smooth
/// Tchebycheff scalarisation (STCH, Lin et al. 2024).</summary>
/// <param name="preference">The weights λ_t of the losses, one number for each task; 1/T each if left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Stch>(Formula = "μ log Σ_t exp(λ_t {0} / μ)", Scale = "weights are λ_t softmax(λℓ / μ)_t")]
public sealed class StchAttribute(params double[] preference) : Attribute
{
    /// <summary>The weights λ_t of the losses, one number for each task; empty for 1/T each.</summary>
    public double[] Preference { get; } = preference;

    /// <summary>The smoothing μ, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "μ.")]
    public double Smoothing { get; init; } = 0.1;
}

/// <summary>Minimises a smooth maximum of the log losses, T μ log Σ_t exp((log(ℓ_t / n_t) − max) / μ), with n_t the mean losses at the end
/// of a warm-up that minimises Σ_t log ℓ_t. It is the smooth Tchebycheff scalarisation of the experiments of Lin et al. (2024).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<LogStch>(
    Formula = "T μ log Σ_t exp((log({0} / n_t) − max) / μ), Σ_t log {0} while it warms up",
    Scale = "log losses' weights sum to T")]
public sealed class LogStchAttribute : Attribute
{
    /// <summary>The smoothing μ, above 0.</summary>
    [Number(0, Above = true, Default = 1, Summary = "μ.")]
    public double Smoothing { get; init; } = 1;

    /// <summary>The number of epochs of the warm-up, at least 1.</summary>
    [Number(1, Default = 4, Summary = "The epochs of the warm-up.")]
    public int WarmUp { get; init; } = 4;
}

/// <summary>Minimises the weighted losses and their angle to a preference, λᵀℓ − Lambda cos(λ, ℓ) (COSMOS, Ruchte and Grabocka 2021,
/// without their conditioning of the network).</summary>
/// <param name="preference">The preference λ_t, one number for each task; 1/T each if left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Cosmos>(Formula = "λᵀL − c cos(λ, L), L_t = {0}", Scale = "weights are free")]
public sealed class CosmosAttribute(params double[] preference) : Attribute
{
    /// <summary>The preference λ_t, one number for each task; empty for 1/T each.</summary>
    public double[] Preference { get; } = preference;

    /// <summary>The weight of the cosine, at least 0.</summary>
    [Number(0, Default = 1, Summary = "How much the angle counts.")]
    public double Lambda { get; init; } = 1;
}

/// <summary>Minimises the length of the losses along a preference and their distance from it, d₁ + Theta d₂: penalty-based boundary
/// intersection (PBI, Zhang and Li 2007).</summary>
/// <param name="preference">The preference λ_t, one number for each task; 1/T each if left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Pbi>(Formula = "d₁ + θ d₂, L_t = {0}", Scale = "weights are free")]
public sealed class PbiAttribute(params double[] preference) : Attribute
{
    /// <summary>The preference λ_t, one number for each task; empty for 1/T each.</summary>
    public double[] Preference { get; } = preference;

    /// <summary>The weight of the distance, at least 0.</summary>
    [Number(0, Default = 5, Summary = "How much the distance from the preference counts.")]
    public double Theta { get; init; } = 5;
}

/// <summary>Gives less weight to tasks whose loss has fallen far, w_t ∝ (ℓ_t / ℓ_t(0))^Alpha: loss-balanced task weighting (LBTW, Liu,
/// Liang and Gitter 2019). The weights sum to T.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Lbtw>(Formula = "Σ_t w_t {0}, w_t ∝ (ℓ_t / ℓ_t(0))^α", Scale = "weights sum to T")]
public sealed class LbtwAttribute : Attribute
{
    /// <summary>The exponent α, at least 0; 0 makes the weights equal.</summary>
    [Number(0, Default = 0.5, Summary = "α: 0 makes the weights equal.")]
    public double Alpha { get; init; } = 0.5;

    /// <summary>True if ℓ_t(0) is the loss of the first batch of each epoch, as in the released code; false if it is that of the first
    /// batch of the training.</summary>
    [DefaultValue(true)]
    public bool EveryEpoch { get; init; } = true;
}
