namespace UAmtfl;

/// <summary>The multiple-gradient descent algorithm: the shortest convex combination of the gradients (Désidéri 2012; Sener and Koltun
/// 2018). The weights sum to 1. MGDA-UB is <c>[Mgda(Site = GradientSite.Representation)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MgdaAttribute : GradientWeightingAttribute
{
    /// <summary>How gradients are scaled first.</summary>
    public MgdaNormalisation Normalisation { get; init; }
}

/// <summary>Projects each gradient off those that it conflicts with, in a random order, and adds up (PCGrad, Yu et al. 2020).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PcGradAttribute : GradientWeightingAttribute;

/// <summary>Gradient vaccine: brings the cosine of each pair of gradients up to its running mean (Wang et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GradVacAttribute : GradientWeightingAttribute
{
    /// <summary>How fast the running mean moves, from 0 to 1: 0.01 in the paper's experiments, 0.5 in other libraries.</summary>
    [Number(0, 1, Default = 0.01)]
    public double Beta { get; init; } = 0.01;
}

/// <summary>Conflict-averse gradient descent: the direction near the mean gradient that helps the worst task most (CAGrad, Liu et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CaGradAttribute : GradientWeightingAttribute
{
    /// <summary>How far from the mean gradient, in units of its norm: at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0.5)]
    public double C { get; init; } = 0.5;

    /// <summary>True if the direction is divided by 1 + C², as in the released code.</summary>
    public bool Rescale { get; init; } = true;
}

/// <summary>The direction with equal projections onto all gradients: the gradient half of impartial multi-task learning (IMTL-G, Liu et
/// al. 2021). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImtlGAttribute : GradientWeightingAttribute;

/// <summary>Impartial multi-task learning: IMTL-G on the gradients of the losses that IMTL-L has scaled (Liu et al. 2021).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ImtlAttribute : GradientWeightingAttribute
{
    /// <summary>The learning rate of s in units of the network's, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double LearningRateScale { get; init; } = 1;
}

/// <summary>The Nash bargaining solution: Gw = 1/w (Navon et al. 2022).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NashMtlAttribute : GradientWeightingAttribute
{
    /// <summary>Weights are solved anew every so many steps, at least 1.</summary>
    [Number(1, Default = 1)]
    public int UpdateEvery { get; init; } = 1;

    /// <summary>The largest norm of the direction; 0 for no limit. It shortens all weights, and with them the steps of the heads where those are weighted. Under <see cref="CrMogmAttribute"/> it limits each
    /// step's weights before the average, and not the average.</summary>
    [Number(0, Default = 1)]
    public double MaxNorm { get; init; } = 1;
}

/// <summary>α-fair resource allocation: Gw = w^(−1/α) (FairGrad, Ban and Ji 2024); α = 1 is Nash-MTL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FairGradAttribute : GradientWeightingAttribute
{
    /// <summary>α, at least 0.</summary>
    [Number(0, 100, Default = 1)]
    public double Alpha { get; init; } = 1;
}

/// <summary>Aligns the principal components of the gradients, so that the system has condition number 1 (Aligned-MTL, Senushkin et al. 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AlignedMtlAttribute : GradientWeightingAttribute
{
    /// <summary>What aligned gradients are scaled to.</summary>
    public AlignedScale Scale { get; init; }

    /// <summary>True if the aligned gradients are averaged rather than added up.</summary>
    public bool Mean { get; init; }
}

/// <summary>The direction with equal cosines to all gradients, with the length of their summed projections (ConFIG, Liu, Chu and Thuerey 2025).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConFigAttribute : GradientWeightingAttribute;

/// <summary>Learns weights such that the weighted gradient norms follow the tasks' training rates (GradNorm, Chen et al. 2018). The weights
/// sum to T and act on the losses.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GradNormAttribute : GradientWeightingAttribute
{
    /// <summary>α, how strongly slow tasks are pulled up.</summary>
    [Number(0, Default = 1.5)]
    public double Alpha { get; init; } = 1.5;

    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.025)]
    public double LearningRate { get; init; } = 0.025;
}

/// <summary>Projects the mean gradient onto the cone of directions that no task conflicts with (DualProj, Quinton and Rey 2024).</summary>
/// <param name="preference">The combination that is projected, one number a task; 1/T each where left out.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DualProjAttribute(params double[] preference) : GradientWeightingAttribute
{
    /// <summary>The combination that is projected.</summary>
    public double[] Preference { get; } = preference;
}

/// <summary>Projects each gradient onto the cone of directions that no task conflicts with, and combines (UPGrad, Quinton and Rey 2024).</summary>
/// <param name="preference">How they are combined, one number a task; 1/T each where left out.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UpGradAttribute(params double[] preference) : GradientWeightingAttribute
{
    /// <summary>How the projections are combined.</summary>
    public double[] Preference { get; } = preference;
}

/// <summary>The mean of the gradients that lie closest to the others: robust to tasks that say anything (Multi-Krum, Blanchard et al. 2017).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KrumAttribute : GradientWeightingAttribute
{
    /// <summary>f, how many tasks may say anything; T must be at least f + 3.</summary>
    [Number(0, Default = 0)]
    public int Byzantine { get; init; }

    /// <summary>m, how many gradients are averaged, at least 1.</summary>
    [Number(1, Default = 1)]
    public int Selected { get; init; } = 1;
}

/// <summary>Keeps, entry by entry, the gradients of one sign, drawn by how much of the sum has it (GradDrop, Chen et al. 2020).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GradDropAttribute : GradientWeightingAttribute;

/// <summary>The entry-wise mean without the largest and the smallest (Yin et al. 2018).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrimmedMeanAttribute : GradientWeightingAttribute
{
    /// <summary>How many are left out at each end; T must be above twice as many.</summary>
    [Number(0, Default = 1)]
    public int Trim { get; init; } = 1;
}

/// <summary>Dual balancing: gradients of log losses, averaged over steps and scaled to the largest norm (DB-MTL, Lin et al. 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DbMtlAttribute : GradientWeightingAttribute
{
    /// <summary>β, how much of the average a step keeps, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0.9)]
    public double Beta { get; init; } = 0.9;

    /// <summary>β is divided by the step's number to this power.</summary>
    [Number(0, Default = 0)]
    public double BetaSigma { get; init; }
}

/// <summary>Multi-objective gradient correction: a tracking average of the gradients, and weights stepped along it (MoCo, Fernando et al. 2023).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MoCoAttribute : GradientWeightingAttribute
{
    /// <summary>The step of the average, above 0.</summary>
    [Number(0, 1, Above = true, Default = 0.5)]
    public double Beta { get; init; } = 0.5;

    /// <summary>Its decay: divided by the step's number to this power.</summary>
    [Number(0, Default = 0.5)]
    public double BetaSigma { get; init; } = 0.5;

    /// <summary>The step of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.1)]
    public double Gamma { get; init; } = 0.1;

    /// <summary>Its decay.</summary>
    [Number(0, Default = 0.5)]
    public double GammaSigma { get; init; } = 0.5;

    /// <summary>The regularisation of the weights.</summary>
    [Number(0, Default = 0)]
    public double Rho { get; init; }
}

/// <summary>Multi-objective gradient with double sampling: weights stepped along the products of two batches' gradients, applied to a third
/// (MoDo, Chen et al. 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MoDoAttribute : GradientWeightingAttribute
{
    /// <summary>The step of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.001)]
    public double Gamma { get; init; } = 0.001;

    /// <summary>The regularisation of the weights.</summary>
    [Number(0, Default = 0.1)]
    public double Rho { get; init; } = 0.1;
}

/// <summary>Stochastic direction-oriented multi-objective gradient descent: the minimum-norm problem pulled towards the mean gradient, with
/// the products of two batches (SDMGrad, Xiao, Ban and Ji 2023). The weights sum to 1.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SdmGradAttribute : GradientWeightingAttribute
{
    /// <summary>λ, how strong the pull is.</summary>
    [Number(0, Default = 0.3)]
    public double Lambda { get; init; } = 0.3;

    /// <summary>The learning rate of the weights, above 0.</summary>
    [Number(0, Above = true, Default = 10)]
    public double LearningRate { get; init; } = 10;

    /// <summary>Steps of the weights each step of the network, at least 1.</summary>
    [Number(1, Default = 20)]
    public int Iterations { get; init; } = 20;
}

/// <summary>Weights by the excess risk that a task has left, robust to label noise (ExcessMTL, He et al. 2024). The weights sum to T.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExcessMtlAttribute : GradientWeightingAttribute
{
    /// <summary>η, the step of the log weights, above 0.</summary>
    [Number(0, Above = true, Default = 0.01)]
    public double Eta { get; init; } = 0.01;
}

/// <summary>Focused learning of RMTL: the other tasks count by how much their gradient agrees with the focus task's, r_t = max(cos, 0)
/// (Liu, Liang and Gitter, Algorithm 3).</summary>
/// <param name="focus">The focus task's name: <c>nameof(Digit.Nine)</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FocusedLearningAttribute(string focus) : GradientWeightingAttribute
{
    /// <summary>The focus task's name.</summary>
    public string Focus { get; } = focus;

    /// <summary>Which of the others are kept.</summary>
    public FocusSelect Select { get; init; }

    /// <summary>A cosine up to this counts as none, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double Threshold { get; init; }
}

/// <summary>Averages the weights of another weighting over steps: w ← Momentum w + (1 − Momentum) w′ (CR-MOGM, Zhou et al. 2022). Stands beside
/// a gradient-based weighting that gives one weight a task.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CrMogmAttribute : Attribute
{
    /// <summary>How much of the average a step keeps, at least 0 and below 1; 0 leaves the weighting as it is.</summary>
    [Number(0, 1, Below = true, Default = 0.9)]
    public double Momentum { get; init; } = 0.9;
}
