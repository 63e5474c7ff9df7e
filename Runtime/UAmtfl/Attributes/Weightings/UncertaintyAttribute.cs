namespace UAmtfl.Weightings;

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
