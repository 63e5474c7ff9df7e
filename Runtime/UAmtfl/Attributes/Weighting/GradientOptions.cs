namespace UAmtfl;

/// <summary>Where the gradients of tasks are compared.</summary>
public enum GradientSite
{
    /// <summary>With respect to all parameters of the trunk.</summary>
    Trunk,

    /// <summary>With respect to the parameters of the trunk's last layer that has some: the last shared layer.</summary>
    LastLayer,

    /// <summary>With respect to the features Z, an upper bound up to a factor (MGDA-UB, Sener and Koltun 2018); the cheapest.</summary>
    Representation,

    /// <summary>With respect to each task's own head; all tasks must have equally many outputs (the released code of RMTL).</summary>
    TaskHead,
}

/// <summary>Which gradients the heads, and what else a task has for itself, are stepped by.</summary>
public enum HeadGradients
{
    /// <summary>Their own, as if each task were alone: the weights act on the trunk.</summary>
    Unweighted,

    /// <summary>Times the task's weight: the weights act on the losses.</summary>
    Weighted,
}

/// <summary>A weighting that looks at the gradients of tasks. It has its paper's site and heads unless stated.</summary>
public abstract class GradientWeightingAttribute : Attribute
{
    /// <summary>Where gradients are compared.</summary>
    public GradientSite Site { get; init; }

    /// <summary>What the heads are stepped by.</summary>
    public HeadGradients Heads { get; init; }
}

/// <summary>How the gradients of MGDA are scaled before the minimum-norm point is searched (Sener and Koltun 2018, released
/// code).</summary>
public enum MgdaNormalisation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By their norm, ‖g_t‖.</summary>
    L2,

    /// <summary>By the task's loss, ℓ_t.</summary>
    Loss,

    /// <summary>By ℓ_t ‖g_t‖.</summary>
    LossPlus,
}

/// <summary>What Aligned-MTL scales the aligned gradients to (Senushkin et al. 2023).</summary>
public enum AlignedScale
{
    /// <summary>The smallest singular value.</summary>
    Minimum,

    /// <summary>The median singular value.</summary>
    Median,

    /// <summary>The root of the mean square of the singular values.</summary>
    Rmse,
}

/// <summary>Which auxiliary tasks focused learning keeps (Liu, Liang and Gitter, Algorithm 3).</summary>
public enum FocusSelect
{
    /// <summary>All, each by its reward r_t = max(cos, 0), as the released code.</summary>
    Soft,

    /// <summary>The one with the largest reward.</summary>
    Best,

    /// <summary>The set whose summed gradient has the largest cosine with the focus task's; for at most 12 tasks.</summary>
    [TaskLimit(12, "it tries every set of them")]
    Subset,
}
