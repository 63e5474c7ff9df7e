namespace UAmtfl;

/// <summary>How a classification task's loss depends on its uncertainty σ_t.</summary>
public enum Likelihood
{
    /// <summary>The tempered likelihood itself: cross-entropy of o_t / σ_t² (Peres da Silva et al., eq. 1). For a regression task it
    /// is the Gaussian ℓ_t / (2σ_t²) + log σ_t (eq. 2).</summary>
    Exact,

    /// <summary>Kendall, Gal and Cipolla's (2018) approximation: ℓ_t / σ_t² + log σ_t.</summary>
    Approximate,
}

/// <summary>Where the uncertainty enters the objective of an asymmetric method.</summary>
public enum Placement
{
    /// <summary>(1 + α‖a_t‖₁)(−log p_t): the likelihood takes the place of the loss, as the paper writes it. With regression
    /// tasks whose squared error is below 1/e it rewards transfer (warning UAM012).</summary>
    Literal,

    /// <summary>(1 + α‖a_t‖₁) c ℓ_t / σ_t² + log σ_t: the price of transfer applies to the weighted loss alone.</summary>
    WeightOnly,

    /// <summary>−log p_t + α‖a_t‖₁ σ_t²: the uncertainty, not the loss, is the price of transfer. σ_t² is a constant there.</summary>
    Reliability,
}

/// <summary>Learns one observation noise σ_t a task and weights the losses by it. With <see cref="AmtflAttribute"/> this is
/// U-AMTFL (Peres da Silva, Suphavilai and Nagarajan), with <see cref="HardSharingAttribute"/> it is Kendall et al. 2018.
/// s_t = log σ_t² starts at 0, has no weight decay, and its own learning rate.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UncertaintyAttribute : Attribute
{
    /// <summary>The form for classification tasks: exact with <see cref="Placement.Literal"/>, approximate
    /// with the other placements unless stated.</summary>
    public Likelihood Likelihood { get; init; }

    /// <summary>Literal for classification, weight-only as soon as one task is a regression, unless stated.</summary>
    public Placement Placement { get; init; }

    /// <summary>True if all tasks share one σ: a control that has the mechanism without its task-specificity.</summary>
    public bool Shared { get; init; }

    /// <summary>The learning rate of s in units of the network's, above 0. At 1 all s_t
    /// drift alike and nothing is task-specific.</summary>
    [Number(0, Above = true, Default = 10)]
    public double LearningRateScale { get; init; } = 10;
}
