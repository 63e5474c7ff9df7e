namespace UAmtfl.Weighting;

/// <summary>The gradient of a task is not finite: there is nothing to balance. The training loop says it with the task's name.</summary>
/// <param name="task">The task, 0 … T − 1.</param>
public sealed class NotFiniteException(int task) : UAmtflException($"the gradient of task {task + 1} is not finite; lower the learning rate or the hyper-parameters")
{
    /// <summary>The task, 0 … T − 1.</summary>
    public int Task { get; } = task;
}
