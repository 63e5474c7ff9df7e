using System.ComponentModel;
using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Weightings;

/// <summary>Steps along the shortest convex combination of the gradients: the multiple-gradient descent algorithm (MGDA, Désidéri 2012;
/// Sener and Koltun 2018). The weights sum to 1. MGDA-UB is <c>[Mgda(Site = GradientSite.Representation)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Mgda>(Formula = "Σ_t w_t {0}, w = argmin over the simplex of ‖Σ_t w_t g_t‖²", Scale = "weights sum to 1")]
public sealed class MgdaAttribute : GradientWeightingAttribute
{
    /// <summary>The scaling of the gradients before the search.</summary>
    public MgdaNormalisation Normalisation { get; init; }
}

/// <summary>Projects each gradient off those that it conflicts with, in a random order, and adds up the results (PCGrad, Yu et al.
/// 2020).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<PcGrad>(Formula = "Σ_t w_t {0}, g_t projected off those that it conflicts with", Scale = "weights are free")]
public sealed class PcGradAttribute : GradientWeightingAttribute;

/// <summary>Raises the cosine of each pair of gradients to its running mean: gradient vaccine (GradVac, Wang et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<GradVac>(Formula = "Σ_t w_t {0}, g_t brought up to the running mean of its cosines", Scale = "weights are free")]
public sealed class GradVacAttribute : GradientWeightingAttribute
{
    /// <summary>The rate at which the running mean moves, from 0 to 1: 0.01 in the paper's experiments, 0.5 in other libraries.</summary>
    [Number(0, 1, Default = 0.01, Summary = "How fast the running mean moves.")]
    public double Beta { get; init; } = 0.01;
}

/// <summary>Steps along the direction near the mean gradient that helps the worst task most: conflict-averse gradient descent (CAGrad, Liu
/// et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<CaGrad>(
    Formula = "Σ_t w_t {0}, d = argmax over ‖d − ḡ‖ ≤ c‖ḡ‖ of min_t g_t·d",
    Scale = "the mean gradient and weights that sum to c‖ḡ‖/‖g_w‖")]
public sealed class CaGradAttribute : GradientWeightingAttribute
{
    /// <summary>The largest distance from the mean gradient in units of its norm, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0.5, Summary = "c, how far from the mean gradient, in units of its norm.")]
    public double C { get; init; } = 0.5;

    /// <summary>True if the direction is divided by 1 + C², as in the released code.</summary>
    [DefaultValue(true)]
    public bool Rescale { get; init; } = true;
}

/// <summary>Steps along the direction with equal projections on all gradients: the gradient half of impartial multi-task learning (IMTL-G,
/// Liu et al. 2021). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<ImtlG>(Formula = "Σ_t w_t {0}, equal projections onto all g_t", Scale = "weights sum to 1")]
public sealed class ImtlGAttribute : GradientWeightingAttribute;

/// <summary>Applies IMTL-G to the gradients of the losses that IMTL-L has scaled: impartial multi-task learning (IMTL, Liu et al.
/// 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Imtl>(Formula = "Σ_t w_t (exp(s_t) {0} − s_t), w: equal projections onto all g_t", Scale = "weights sum to 1")]
public sealed class ImtlAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of s in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}

/// <summary>Steps along the Nash bargaining solution of the tasks, Gw = 1/w (Nash-MTL, Navon et al. 2022).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<NashMtl>(
    Formula = "Σ_t w_t {0}, Gw = 1/w",
    Scale = "‖Σ_t w_t g_t‖ = √T, or MaxNorm where that is less", Heads = HeadGradients.Weighted)]
public sealed class NashMtlAttribute : GradientWeightingAttribute
{
    /// <summary>The number of steps after which the weights are solved anew, at least 1.</summary>
    [Number(1, Default = 1, Summary = "The weights are solved anew every so many steps.")]
    public int UpdateEvery { get; init; } = 1;

    /// <summary>The largest norm of the direction; 0 for no limit. It shortens all weights, and therefore the steps of heads with weighted
    /// gradients. With <see cref="CrMogmAttribute"/> it limits the weights of each step before they are averaged, not the
    /// average.</summary>
    [Number(0, Default = 1, Summary = "The largest norm of the direction; 0 for no limit.")]
    public double MaxNorm { get; init; } = 1;
}

/// <summary>Steps along the α-fair combination of the gradients, Gw = w^(−1/α), which for α = 1 is Nash-MTL (FairGrad, Ban and Ji
/// 2024).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<FairGrad>(Formula = "Σ_t w_t {0}, Gw = w^(−1/α)", Scale = "weights are free", Heads = HeadGradients.Weighted)]
public sealed class FairGradAttribute : GradientWeightingAttribute
{
    /// <summary>The fairness α, from 0 to 100; 0 makes the weights equal.</summary>
    [Number(0, 100, Default = 1, Summary = "α; 0 makes the weights equal.")]
    public double Alpha { get; init; } = 1;
}

/// <summary>Aligns the principal components of the gradients, so that the system has condition number 1 (Aligned-MTL, Senushkin et al.
/// 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<AlignedMtl>(Formula = "Σ_t w_t {0}, w = √λ V Λ^(−½) Vᵀ p", Scale = "p is 1, or 1/T for the mean")]
public sealed class AlignedMtlAttribute : GradientWeightingAttribute
{
    /// <summary>The singular value to which the aligned gradients are scaled.</summary>
    public AlignedScale Scale { get; init; }

    /// <summary>True if the aligned gradients are averaged; false if they are added up.</summary>
    public bool Mean { get; init; }
}

/// <summary>Steps along the direction with equal cosines to all gradients, with the length of their summed projections (ConFIG, Liu, Chu
/// and Thuerey 2025).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<ConFig>(
    Formula = "Σ_t w_t {0}, equal cosines to all g_t, the length of their summed projections",
    Scale = "weights are free")]
public sealed class ConFigAttribute : GradientWeightingAttribute;

/// <summary>Learns weights that make the weighted gradient norms follow the tasks' training rates (GradNorm, Chen et al. 2018). The
/// weights sum to T and act on the losses.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<GradNorm>(
    Formula = "Σ_t w_t {0}, w: ‖w_t g_t‖ → mean r_t^α",
    Scale = "weights sum to T", Site = GradientSite.LastLayer, Heads = HeadGradients.Weighted)]
public sealed class GradNormAttribute : GradientWeightingAttribute
{
    /// <summary>The strength α with which slow tasks get more weight, at least 0.</summary>
    [Number(0, Default = 1.5, Summary = "α, how strongly slow tasks are pulled up.")]
    public double Alpha { get; init; } = 1.5;

    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.025, Summary = "The learning rate of the weights.")]
    public double LearningRate { get; init; } = 0.025;
}

/// <summary>Projects the mean gradient on the cone of directions that no task conflicts with (DualProj, Quinton and Rey 2024).</summary>
/// <param name="preference">The weights of the combination that is projected, one number for each task; 1/T each if left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<DualProj>(Formula = "Σ_t w_t {0}, Σ_t p_t g_t projected onto {d : g_t·d ≥ 0}", Scale = "weights are free")]
public sealed class DualProjAttribute(params double[] preference) : GradientWeightingAttribute
{
    /// <summary>The weights of the combination that is projected, one number for each task; empty for 1/T each.</summary>
    public double[] Preference { get; } = preference;
}

/// <summary>Projects each gradient on the cone of directions that no task conflicts with, and combines the projections (UPGrad, Quinton
/// and Rey 2024).</summary>
/// <param name="preference">The weights that combine the projections, one number for each task; 1/T each if left out.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<UpGrad>(Formula = "Σ_t w_t {0}, Σ_t p_t (g_t projected onto {d : g_s·d ≥ 0})", Scale = "weights are free")]
public sealed class UpGradAttribute(params double[] preference) : GradientWeightingAttribute
{
    /// <summary>The weights that combine the projections, one number for each task; empty for 1/T each.</summary>
    public double[] Preference { get; } = preference;
}

/// <summary>Averages the gradients that lie closest to the others, so that tasks with arbitrary gradients do no harm (Multi-Krum,
/// Blanchard et al. 2017).</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<Krum>(Formula = "Σ_t w_t {0}, the mean of the g_t that lie closest to others", Scale = "weights sum to 1")]
public sealed class KrumAttribute : GradientWeightingAttribute
{
    /// <summary>The number f of tasks that may have arbitrary gradients, from 0 to T − 3.</summary>
    [TaskMaximum(Minus = 3)]
    [Number(0, Default = 0, Summary = "f, how many tasks may say anything.")]
    public int Byzantine { get; init; }

    /// <summary>The number m of gradients that are averaged, from 1 to T.</summary>
    [TaskMaximum]
    [Number(1, Default = 1, Summary = "m, how many gradients are averaged.")]
    public int Selected { get; init; } = 1;
}

/// <summary>Weights the other tasks by the agreement of their gradients with that of the focus task, r_t = max(cos, 0): the focused
/// learning of RMTL (Liu, Liang and Gitter, algorithm 3).</summary>
/// <param name="focus">The name of the focus task: <c>nameof(Digit.Nine)</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
[WeightingBy<FocusedLearning>(
    Formula = "Σ_t w_t {0}, w_f = 1, w_t = π_t max(cos(g_t, g_f), 0)",
    Scale = "the focus task's weight is 1, the others' at most 1", Site = GradientSite.LastLayer, Heads = HeadGradients.Weighted)]
public sealed class FocusedLearningAttribute(string focus) : GradientWeightingAttribute
{
    /// <summary>The name of the focus task.</summary>
    [TaskName]
    public string Focus { get; } = focus;

    /// <summary>The way in which other tasks are selected.</summary>
    public FocusSelect Select { get; init; }

    /// <summary>The cosine up to which a task gets no weight, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0, Summary = "A cosine up to this counts as none.")]
    public double Threshold { get; init; }
}

/// <summary>Averages the weights of another weighting over steps: w ← Momentum w + (1 − Momentum) w′ (CR-MOGM, Zhou et al. 2022). It
/// stands beside a gradient-based weighting with one weight for each task.</summary>
[AttributeUsage(AttributeTargets.Class)]
[WeightingAround<CrMogm>(Formula = "{0}, w averaged over steps", Scale = "{0}, before the average over steps")]
public sealed class CrMogmAttribute : Attribute
{
    /// <summary>The share of the average that a step keeps, at least 0 and below 1; 0 leaves the weights as they are.</summary>
    [Number(0, 1, Below = true, Default = 0.9, Summary = "How much of the average of the weights a step keeps.")]
    public double Momentum { get; init; } = 0.9;
}
