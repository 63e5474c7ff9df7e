namespace UAmtfl;

/// <summary>Ends a training when its validation error has not become smaller for some epochs, and tests the network of the epoch with the
/// smallest error instead of the last. The error is the one over all tasks that a grid search also chooses by, and it is measured after
/// every <see cref="TrainingAttribute.EvaluateEvery"/> epochs; the epochs that are trained have the same bits as without the attribute.
/// On a variant, it replaces the experiment's [EarlyStopping].</summary>
/// <param name="patience">The number of epochs to wait for a smaller error, at least 1.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EarlyStoppingAttribute(int patience) : Attribute
{
    /// <summary>The number of epochs to wait for a smaller validation error, at least 1.</summary>
    [Number(1, 1_000_000)]
    public int Patience { get; } = patience;
}
