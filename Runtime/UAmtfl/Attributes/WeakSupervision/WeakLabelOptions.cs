namespace UAmtfl;

/// <summary>The models that make labels from the votes of weak sources.</summary>
public enum WeakLabelModel
{
    /// <summary>The label model of Ratner et al. 2019 for all tasks together, with dependencies between sources: from agreements and
    /// disagreements of the sources it finds how often each is right.</summary>
    MeTaL,

    /// <summary>The same model for each task alone, with independent sources.</summary>
    Independent,

    /// <summary>Confusion matrices of independent sources for each task alone, by expectation maximisation (Dawid and Skene, Applied
    /// Statistics 28, 1979).</summary>
    DawidSkene,

    /// <summary>The votes of each task, weighted by the log-odds of each source's agreement with the majority of the others.</summary>
    WeightedMajority,

    /// <summary>The shares of the votes of each task.</summary>
    MajorityVote,
}

/// <summary>What a label model makes of the dependencies between sources.</summary>
public enum SourceDependencies
{
    /// <summary>Sources depend on each other as declared.</summary>
    Declared,

    /// <summary>Sources count as independent, to show what a forgotten dependency does.</summary>
    Ignored,
}

/// <summary>Where the shares of the feasible label vectors come from.</summary>
public enum ClassBalance
{
    /// <summary>The shares are estimated from the votes: from three-way overlaps of independent sources, or by maximum
    /// likelihood.</summary>
    Estimated,

    /// <summary>The shares are those of the true labels of the validation set.</summary>
    Validation,

    /// <summary>All feasible label vectors are equally frequent.</summary>
    Uniform,
}
