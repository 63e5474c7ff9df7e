namespace UAmtfl;

/// <summary>Says how long and in what batches a network is trained. On a variant it changes what it states; the rest is as the
/// experiment's attribute says.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TrainingAttribute : Attribute
{
    /// <summary>Passes over the training set (1 to 1,000,000).</summary>
    [Number(1, 1_000_000, Default = 40)]
    public int Epochs { get; init; } = 40;

    /// <summary>Samples a step (at least 1); the last batch of an epoch has the rows that are left. Where the network has
    /// <see cref="BatchNormAttribute"/> and one row is left, it belongs to the batch before, because one value has no variance.</summary>
    [Number(1, Default = 100)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Epochs between two evaluations on the validation set (at least 1); the last epoch is always evaluated.</summary>
    [Number(1, Default = 10)]
    public int EvaluateEvery { get; init; } = 10;
}
