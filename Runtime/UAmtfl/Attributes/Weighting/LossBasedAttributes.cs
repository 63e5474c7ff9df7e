using System.ComponentModel;
using UAmtfl.Weighting.LossBased;

namespace UAmtfl;

/// <summary>Σ_t ℓ_t, or its mean over tasks: what a variant without a weighting has, said aloud.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Equal>(Formula = "Σ_t {0}", Scale = "each weight is 1, or 1/T for the mean")]
public sealed class EqualAttribute : Attribute
{
    /// <summary>True if the sum is divided by T, which divides the learning rate of the network by T under SGD.</summary>
    [ChangesFormula("1/T Σ_t {0}")]
    public bool Mean { get; init; }
}

/// <summary>Σ_t c_t ℓ_t with given weights.</summary>
/// <param name="weights">c_t, one a task, at least 0, in the order of the tasks' declaration.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Constant>(Formula = "Σ_t c_t {0}", Scale = "weights as given")]
public sealed class ConstantAttribute(params double[] weights) : Attribute
{
    /// <summary>c_t.</summary>
    public double[] Weights { get; } = weights;
}

/// <summary>Σ_t w_t ℓ_t, w = softmax of fresh normal numbers each step (RLW, Lin et al. 2022). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<RandomWeights>(Formula = "Σ_t w_t {0}, w = softmax(N(0, I))", Scale = "weights sum to 1")]
public sealed class RandomWeightsAttribute : Attribute;

/// <summary>Σ_t ℓ_t / (2σ_t²) + log(1 + σ_t²), σ_t learnt (Liebel and Körner 2018): the log term keeps the objective above 0.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<RevisedUncertainty>(Formula = "Σ_t ({0} / 2σ_t² + log(1 + σ_t²))", Scale = "weights are free")]
public sealed class RevisedUncertaintyAttribute : Attribute
{
    /// <summary>The learning rate of log σ_t² in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 10)]
    public double LearningRateScale { get; init; } = 10;
}

/// <summary>Dynamic weight average: Σ_t w_t ℓ_t, w = T softmax(r / Temperature), r_t the ratio of the last two epochs' mean losses (Liu,
/// Johns and Davison 2019). The weights sum to T.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Dwa>(
    Formula = "Σ_t w_t {0}, w = T softmax(r / temperature), r_t = the ratio of its last two epochs' means",
    Scale = "weights sum to T")]
public sealed class DwaAttribute : Attribute
{
    /// <summary>The temperature, above 0: large makes the weights equal.</summary>
    [Number(0, Above = true, Default = 2, Summary = "The temperature: large makes the weights equal.")]
    public double Temperature { get; init; } = 2;
}

/// <summary>The geometric mean of the losses, (Π_t ℓ_t)^(1/T) (GLS, Chennupati et al. 2019).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<GeometricMean>(Formula = "(Π_t {0})^(1/T)", Scale = "the weight of a loss is the mean's gradient")]
public sealed class GeometricMeanAttribute : Attribute;

/// <summary>Σ_t exp(s_t) ℓ_t − s_t, s learnt: the loss half of impartial multi-task learning (IMTL-L, Liu et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<ImtlL>(Formula = "Σ_t (exp(s_t) {0} − s_t)", Scale = "weights are free")]
public sealed class ImtlLAttribute : Attribute
{
    /// <summary>The learning rate of s in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}

/// <summary>Fast adaptive multi-task optimisation: weights that make the log losses fall alike, learnt from the losses before and after
/// each step (Liu et al. 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Famo>(Formula = "c Σ_t z_t log {0}, z = softmax(w), c = 1 / Σ_t (z_t / ℓ_t)", Scale = "weights sum to 1")]
public sealed class FamoAttribute : Attribute
{
    /// <summary>The learning rate of the weights' logits, above 0.</summary>
    [Number(0, Above = true, Default = 0.025, Summary = "The learning rate of the logits w.")]
    public double LearningRate { get; init; } = 0.025;

    /// <summary>The weight decay of the logits.</summary>
    [Number(0, Default = 0.001, Summary = "The weight decay of the logits w.")]
    public double Decay { get; init; } = 0.001;
}

/// <summary>Smooth Tchebycheff scalarisation, μ log Σ_t exp(λ_t ℓ_t / μ) (Lin et al. 2024): the largest weighted loss as μ → 0.</summary>
/// <param name="preference">λ_t, one a task; 1/T each where left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Stch>(Formula = "μ log Σ_t exp(λ_t {0} / μ)", Scale = "weights are λ_t softmax(λℓ / μ)_t")]
public sealed class StchAttribute(params double[] preference) : Attribute
{
    /// <summary>λ_t.</summary>
    public double[] Preference { get; } = preference;

    /// <summary>μ, above 0.</summary>
    [Number(0, Above = true, Default = 0.1, Summary = "μ.")]
    public double Smoothing { get; init; } = 0.1;
}

/// <summary>Smooth Tchebycheff scalarisation of log losses, T μ log Σ_t exp((log(ℓ_t / n_t) − max) / μ), n_t the losses' means at the end
/// of a warm-up in which Σ_t log ℓ_t is minimised: the form of Lin et al.'s (2024) experiments.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<LogStch>(
    Formula = "T μ log Σ_t exp((log({0} / n_t) − max) / μ), Σ_t log {0} while it warms up",
    Scale = "log losses' weights sum to T")]
public sealed class LogStchAttribute : Attribute
{
    /// <summary>μ, above 0.</summary>
    [Number(0, Above = true, Default = 1, Summary = "μ.")]
    public double Smoothing { get; init; } = 1;

    /// <summary>The epochs of the warm-up, at least 1.</summary>
    [Number(1, Default = 4, Summary = "The epochs of the warm-up.")]
    public int WarmUp { get; init; } = 4;
}

/// <summary>λᵀℓ − Lambda cos(λ, ℓ): a trade-off along a preference (COSMOS, Ruchte and Grabocka 2021, without their
/// conditioning).</summary>
/// <param name="preference">λ_t, one a task; 1/T each where left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Cosmos>(Formula = "λᵀL − c cos(λ, L), L_t = {0}", Scale = "weights are free")]
public sealed class CosmosAttribute(params double[] preference) : Attribute
{
    /// <summary>λ_t.</summary>
    public double[] Preference { get; } = preference;

    /// <summary>How much the angle counts.</summary>
    [Number(0, Default = 1, Summary = "How much the angle counts.")]
    public double Lambda { get; init; } = 1;
}

/// <summary>Penalty-based boundary intersection, d₁ + Theta d₂: the losses' length along the preference, and their distance from it
/// (Zhang and Li 2007).</summary>
/// <param name="preference">λ_t, one a task; 1/T each where left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Pbi>(Formula = "d₁ + θ d₂, L_t = {0}", Scale = "weights are free")]
public sealed class PbiAttribute(params double[] preference) : Attribute
{
    /// <summary>λ_t.</summary>
    public double[] Preference { get; } = preference;

    /// <summary>How much the distance counts.</summary>
    [Number(0, Default = 5, Summary = "How much the distance from the preference counts.")]
    public double Theta { get; init; } = 5;
}

/// <summary>Loss-balanced task weighting, w_t = (ℓ_t / ℓ_t(0))^Alpha, which sum to T (Liu, Liang and Gitter 2019).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Lbtw>(Formula = "Σ_t w_t {0}, w_t ∝ (ℓ_t / ℓ_t(0))^α", Scale = "weights sum to T")]
public sealed class LbtwAttribute : Attribute
{
    /// <summary>α: 0 makes the weights equal.</summary>
    [Number(0, Default = 0.5, Summary = "α: 0 makes the weights equal.")]
    public double Alpha { get; init; } = 0.5;

    /// <summary>True if ℓ_t(0) is the loss of the first batch of each epoch, as in the released code, or of the first alone.</summary>
    [DefaultValue(true)]
    public bool EveryEpoch { get; init; } = true;
}
