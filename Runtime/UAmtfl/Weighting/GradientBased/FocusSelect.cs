namespace UAmtfl.Weighting.GradientBased;

/// <summary>Which of the other tasks <see cref="FocusedLearning"/> lets help.</summary>
public enum FocusSelect
{
    /// <summary>Each by its own similarity, as the released code.</summary>
    Soft,

    /// <summary>The most similar one.</summary>
    Best,

    /// <summary>The set whose summed gradient is most similar; for at most 12 tasks.</summary>
    Subset,
}
