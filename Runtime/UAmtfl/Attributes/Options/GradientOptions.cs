namespace UAmtfl;

/// <summary>The tensors with respect to which the gradients of tasks are compared.</summary>
public enum GradientSite
{
    /// <summary>Gradients are taken with respect to all parameters of the trunk.</summary>
    Trunk,

    /// <summary>Gradients are taken with respect to the parameters of the last layer of the trunk that has some.</summary>
    LastLayer,

    /// <summary>Gradients are taken with respect to the features Z, which costs the least (MGDA-UB, Sener and Koltun 2018). The norm that
    /// MGDA minimises is then, up to a factor, an upper bound of that for the parameters.</summary>
    Representation,

    /// <summary>Gradients are taken with respect to each task's own head, as in the released code of RMTL; all tasks must have equally
    /// many outputs.</summary>
    TaskHead,
}

/// <summary>The gradients by which the heads, and other parameters of single tasks, are trained.</summary>
public enum HeadGradients
{
    /// <summary>The gradient of the task's loss without a weight, so that the weights act only on the trunk.</summary>
    Unweighted,

    /// <summary>The gradient times the task's weight, so that the weights act on the losses.</summary>
    Weighted,
}

/// <summary>The scaling of the gradients before MGDA searches the point of minimum norm (Sener and Koltun 2018, released code).</summary>
public enum MgdaNormalisation
{
    /// <summary>Gradients are not scaled.</summary>
    None,

    /// <summary>Gradients are divided by their norm, ‖g_t‖.</summary>
    L2,

    /// <summary>Gradients are divided by the loss of their task, ℓ_t.</summary>
    Loss,

    /// <summary>Gradients are divided by the loss of their task times their norm, ℓ_t ‖g_t‖.</summary>
    LossPlus,
}

/// <summary>The singular value to which Aligned-MTL scales the aligned gradients (Senushkin et al. 2023).</summary>
public enum AlignedScale
{
    /// <summary>Aligned gradients are scaled to the smallest singular value.</summary>
    Minimum,

    /// <summary>Aligned gradients are scaled to the median singular value.</summary>
    Median,

    /// <summary>Aligned gradients are scaled to the root of the mean square of the singular values.</summary>
    Rmse,
}

/// <summary>The way in which focused learning selects other tasks (Liu, Liang and Gitter, algorithm 3).</summary>
public enum FocusSelect
{
    /// <summary>All other tasks are selected, each weighted by its reward r_t = max(cos, 0), as in the released code.</summary>
    Soft,

    /// <summary>The other task with the largest reward is selected.</summary>
    Best,

    /// <summary>The set of other tasks whose summed gradient has the largest cosine with that of the focus task is selected; at most 12
    /// tasks are allowed.</summary>
    [TaskLimit(12, "it tries every set of them")]
    Subset,
}
