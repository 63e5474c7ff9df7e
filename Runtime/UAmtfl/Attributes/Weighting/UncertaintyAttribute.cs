namespace UAmtfl;

/// <summary>The forms in which the loss of a classification task can depend on its uncertainty σ_t.</summary>
public enum Likelihood
{
    /// <summary>The loss is the tempered likelihood: the cross-entropy of o_t / σ_t² (Peres da Silva et al., eq. 1), or for a regression
    /// task the Gaussian ℓ_t / (2σ_t²) + log σ_t (eq. 2).</summary>
    Exact,

    /// <summary>The loss is the approximation of Kendall, Gal and Cipolla (2018), ℓ_t / σ_t² + log σ_t.</summary>
    Approximate,
}

/// <summary>The places that the uncertainty can have in the objective of an asymmetric method.</summary>
public enum Placement
{
    /// <summary>The likelihood takes the place of the loss, (1 + α‖a_t‖₁)(−log p_t), as in the paper. If a regression task has a squared
    /// error below 1/e, this rewards transfer (warning UAM012).</summary>
    Literal,

    /// <summary>The price of transfer applies only to the weighted loss, (1 + α‖a_t‖₁) c ℓ_t / σ_t² + log σ_t.</summary>
    WeightOnly,

    /// <summary>The price of transfer is the uncertainty instead of the loss, −log p_t + α‖a_t‖₁ σ_t². In the price σ_t² counts as a
    /// constant.</summary>
    Reliability,
}

/// <summary>Learns an observation noise σ_t for each task and weights the losses by it. With <see cref="AmtflAttribute"/> this is U-AMTFL
/// (Peres da Silva, Suphavilai and Nagarajan), with <see cref="HardSharingAttribute"/> it is the method of Kendall et al. 2018. The
/// parameters s_t = log σ_t² start at 0, have no weight decay, and have a learning rate of their own.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UncertaintyAttribute : Attribute
{
    /// <summary>The form of the loss for classification tasks. The default is exact with <see cref="Placement.Literal"/>, and approximate
    /// with the other placements.</summary>
    public Likelihood Likelihood { get; init; }

    /// <summary>The place of the uncertainty in the objective. The default is literal, or weight-only if a task is a regression.</summary>
    public Placement Placement { get; init; }

    /// <summary>True if all tasks have one σ, a control with the same mechanism but nothing that is specific to tasks.</summary>
    public bool Shared { get; init; }

    /// <summary>The learning rate of s in units of the network's, above 0. At 1 all s_t drift alike, and no task gets a noise of its
    /// own.</summary>
    [Number(0, Above = true, Default = 10)]
    public double LearningRateScale { get; init; } = 10;
}
