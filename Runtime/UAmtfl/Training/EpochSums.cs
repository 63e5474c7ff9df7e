using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>What an epoch adds up on the device, to be read when it has ended.</summary>
internal sealed class EpochSums
{
    private readonly Tensor objectives, losses, finite;
    private readonly Tensor? present;

    /// <summary>Begins at 0, in the current dispose scope.</summary>
    /// <param name="like">Of the type and on the device.</param>
    /// <param name="tasks">T.</param>
    /// <param name="missing">True if labels are missing, so that a batch may have none of a task.</param>
    public EpochSums(Tensor like, int tasks, bool missing)
    {
        objectives = zeros([], dtype: like.dtype, device: like.device);
        losses = zeros(tasks, dtype: like.dtype, device: like.device);
        finite = zeros_like(losses);
        present = missing ? zeros_like(losses) : null;
    }

    /// <summary>How many steps were added.</summary>
    public int Steps { get; private set; }

    /// <summary>[], the mean of the objective over the steps.</summary>
    public Tensor Objective => objectives / Steps;

    /// <summary>[T], the mean of each task's loss over the steps in which it had a label.</summary>
    public Tensor Losses => present is null ? losses / Steps : losses / present;

    /// <summary>[T], in how many steps each task's loss was finite. The first that was
    /// not takes the others with it, a step later.</summary>
    public Tensor Finite => finite;

    /// <summary>Adds a step; called under no_grad.</summary>
    /// <param name="objective">[]</param>
    /// <param name="taskLosses">[T]</param>
    /// <param name="labels">Of the batch.</param>
    public void Add(Tensor objective, Tensor taskLosses, Labels labels)
    {
        Steps++;
        objectives.add_(objective);
        // x − x is 0 for a finite x only; isfinite takes twice as many calls.
        finite.add_((taskLosses - taskLosses).logical_not());
        if (present is null)
        {
            losses.add_(taskLosses);
            return;
        }

        // A task without a label in the batch has no loss there, which is not a loss of 0.
        var seen = labels.Present(losses.shape[0])!;
        losses.add_(taskLosses * seen);
        present.add_(seen);
    }
}
