namespace UAmtfl;

/// <summary>Chooses how the labels of binary tasks count in the cross-entropy that the tasks are trained with. The metrics by which tasks
/// are evaluated do not depend on it.</summary>
public abstract class BinaryLossAttribute : Attribute
{
    /// <summary>w, above 0: rows with label 1 count w times in the loss, −w y log p − (1 − y) log(1 − p), as in PyTorch's
    /// BCEWithLogitsLoss. A rare label 1 is often given the number of zeros for each one.</summary>
    [Number(0, Above = true, Default = 1)]
    public double PositiveWeight { get; init; } = 1;

    /// <summary>True if the weight w of label 1 is the number of zeros for each one among the task's training labels, so that both labels
    /// have the same part in the loss. It takes the place of <see cref="PositiveWeight"/>.</summary>
    public bool Balanced { get; init; }

    /// <summary>ε, at least 0 and below 1: the labels are replaced by (1 − ε) y + ε / 2 (Szegedy et al., «Rethinking the Inception
    /// architecture», 2016).</summary>
    [Number(0, 1, Below = true, Default = 0)]
    public double LabelSmoothing { get; init; }
}
