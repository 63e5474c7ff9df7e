namespace UAmtfl.Weighting;

/// <summary>The exception that is thrown if the loss or the gradient of a task is not finite, so that tasks cannot be weighted. The
/// training loop replaces it by one with the name of the task.</summary>
/// <param name="task">The index of the task, 0 … T − 1.</param>
/// <param name="what">The word for what is not finite: loss or gradient.</param>
public sealed class NotFiniteException(int task, string what = "gradient") : UAmtflException(
    $"the {what} of task {task + 1} is not finite; lower the learning rate or the hyper-parameters")
{
    /// <summary>The index of the task, 0 … T − 1.</summary>
    public int Task { get; } = task;

    /// <summary>The word for what is not finite: loss or gradient.</summary>
    public string What { get; } = what;
}
