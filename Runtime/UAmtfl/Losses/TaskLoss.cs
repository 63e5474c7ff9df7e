using static TorchSharp.torch;

namespace UAmtfl.Losses;

/// <summary>A loss of your own for regressions, which <c>[Regression(LossBy = typeof(MyLoss))]</c> names. The class has a public
/// constructor without parameters, and no state that changes: an objective creates one object for all tasks that name the class.</summary>
public abstract class TaskLoss
{
    /// <summary>Returns the loss of each label. The mean over the labels of each task is taken afterwards, so that an entry may depend
    /// only on the output and the label in the same place. It is called in each step, within the step's dispose scope.</summary>
    /// <param name="outputs">The outputs o [N, G] of the G tasks that name the class, with a graph. If each row of the data set belongs to
    /// one task, [N, 1]: the output of the row's own task.</param>
    /// <param name="labels">The labels y in the same shape, 0 where a label is missing or the row belongs to a task with another
    /// loss.</param>
    /// <param name="present">1 where there is a label and 0 elsewhere, in the same shape; null if there is one everywhere. Entries at 0
    /// are multiplied by 0 afterwards, so that they change nothing as long as the loss and its derivative are finite there.</param>
    /// <returns>The losses in the same shape, in any unit. At least 0, if a weighting takes their logarithm or a transfer puts a price on
    /// them.</returns>
    public abstract Tensor Rows(Tensor outputs, Tensor labels, Tensor? present);

    /// <summary>Returns the losses of rows after a check that tasks can be trained with them.</summary>
    /// <exception cref="UAmtflException">The loss throws, or its shape, its type or its graph is another one.</exception>
    internal Tensor Checked(Tensor outputs, Tensor labels, Tensor? present)
    {
        Tensor? losses;
        try
        {
            losses = Rows(outputs, labels, present);
        }
        catch (Exception e) when (e is not (UAmtflException or OperationCanceledException or OutOfMemoryException))
        {
            throw new UAmtflException(
                $"the loss {GetType().Name} ends in {e.GetType().Name}: {e.Message.Split('\n')[0].Trim().TrimEnd('.')}; "
                    + "mend its method Rows",
                e);
        }

        var wrong = losses is null || losses.IsInvalid
                ? "null or a tensor that is disposed; it must give a tensor with one number for each output"
            : losses.dim() != 2 || losses.size(0) != outputs.size(0) || losses.size(1) != outputs.size(1)
                ? $"the shape [{string.Join(", ", losses.shape)}] for outputs of shape [{string.Join(", ", outputs.shape)}]; "
                    + "it must give one number for each output"
            : losses.dtype != outputs.dtype
                ? $"{losses.dtype} for outputs of {outputs.dtype}; it must compute in the type of the outputs"
            : is_grad_enabled() && outputs.requires_grad && !losses.requires_grad
                ? "losses that do not depend on the outputs by a graph, so that its tasks would not be trained; "
                    + "compute them without detach, and not by comparisons alone"
            : null;
        return wrong is null ? losses! : throw new UAmtflException($"the loss {GetType().Name} gave {wrong}");
    }
}
