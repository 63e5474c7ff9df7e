namespace UAmtfl;

/// <summary>Ends a training when its validation error has not become smaller for some epochs, and tests the network of the epoch with the
/// smallest error instead of the last. The error is measured after every <see cref="TrainingAttribute.EvaluateEvery"/> epochs; the epochs
/// that are trained have the same bits as without the attribute. On a variant, it replaces the experiment's [EarlyStopping].</summary>
/// <param name="patience">The number of epochs to wait for a smaller error, at least 1.</param>
/// <remarks>By default the error is the one over all tasks that a grid search also chooses by. A grid search chooses by the error that is
/// watched, with <see cref="PerTask"/> by the error over all tasks of the networks that are kept.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EarlyStoppingAttribute(int patience) : Attribute
{
    /// <summary>The number of epochs to wait for a smaller validation error, at least 1.</summary>
    [Number(1, 1_000_000)]
    public int Patience { get; } = patience;

    /// <summary>The task whose error is watched in the place of the error over all: <c>nameof(Digit.Nine)</c>.</summary>
    public string? Monitor { get; init; }

    /// <summary>True if the error of each task is watched. Each task then keeps trunk and head of its own best epoch, and the training
    /// ends when no task has become better for as many epochs as the patience says: adaptive checkpointing with specialisation (Commun.
    /// Chem. 8:201, 2025). The model has as many networks as there are different best epochs, and predicts as much slower.</summary>
    public bool PerTask { get; init; }
}
