namespace UAmtfl;

/// <summary>Sets the number of epochs, the batch size and how often a variant is evaluated. On a variant, a value that is not written is
/// taken from the experiment's attribute.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrainingAttribute : Attribute
{
    /// <summary>The number of passes over the training set, 1 to 1,000,000.</summary>
    [Number(1, 1_000_000, Default = 40)]
    public int Epochs { get; init; } = 40;

    /// <summary>The number of samples in a batch, at least 1; the last batch of an epoch has the rows that are left. If a single row is
    /// left and the network has a <see cref="BatchNormAttribute"/>, the row joins the batch before, because one value has no
    /// variance.</summary>
    [Number(1, Default = 100)]
    public int BatchSize { get; init; } = 100;

    /// <summary>The number of epochs between two evaluations on the validation set, at least 1; the last epoch is always
    /// evaluated.</summary>
    [Number(1, Default = 10)]
    public int EvaluateEvery { get; init; } = 10;
}
