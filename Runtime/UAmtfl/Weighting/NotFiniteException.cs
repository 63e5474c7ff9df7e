namespace UAmtfl.Weighting;

/// <summary>The loss or the gradient of a task is not finite: there is nothing to balance.
/// The training loop says it with the task's name.</summary>
/// <param name="task">The task, 0 … T − 1.</param>
/// <param name="what">Loss or gradient.</param>
public sealed class NotFiniteException(int task, string what = "gradient") : UAmtflException(
    $"the {what} of task {task + 1} is not finite; lower the learning rate or the hyper-parameters")
{
    /// <summary>The task, 0 … T − 1.</summary>
    public int Task { get; } = task;

    /// <summary>Loss or gradient.</summary>
    public string What { get; } = what;
}
