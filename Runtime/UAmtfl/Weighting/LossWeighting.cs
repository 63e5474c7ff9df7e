using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that combines the task losses into one value, which is minimised. Parameters that a subclass registers are trained
/// with the network, and its buffers are saved with it.</summary>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public abstract class LossWeighting(int tasks) : nn.Module<Tensor, Tensor>(nameof(LossWeighting)), IWeighting, IMeasuredWeighting
{
    private readonly DeviceMeans weights = new();
    private Tensor? noNumber;

    /// <summary>The losses that were combined last, whose gradient is the weights of the tasks; null if it was taken.</summary>
    private Tensor? combined;

    /// <inheritdoc/>
    public int Tasks { get; } = WeightingArguments.AtLeast(tasks, 1);

    /// <summary>A mask [T] with 1 for each task that has a label in the batch of the step and 0 for the others; null if all have one. A
    /// loss of 0 does not show that a label is missing, because it may also be a perfect fit.</summary>
    protected Tensor? Present { get; private set; }

    /// <summary>True if a value of the weighting was not finite although all losses were. This is recorded only for weightings of the
    /// user.</summary>
    internal bool GaveNoNumber => noNumber?.item<bool>() ?? false;

    /// <summary>Combines the losses of one step, and throws if the value of a user's weighting cannot be trained.</summary>
    /// <param name="input">The task losses [T], as <see cref="forward"/> takes them.</param>
    /// <returns>The loss [] to minimise.</returns>
    /// <exception cref="UAmtflException">The value is not a single number, or does not depend on the losses.</exception>
    public new Tensor call(Tensor input)
    {
        var value = base.call(input);
        if (!OwnWeighting.Is(this))
        {
            return value;
        }

        if (value.dim() != 0)
        {
            throw new UAmtflException(
                $"the weighting {GetType().Name} gave a value of shape [{string.Join(", ", value.shape)}]; "
                    + "give one number, such as the sum");
        }

        if (input.requires_grad && !value.requires_grad)
        {
            throw new UAmtflException(
                $"the weighting {GetType().Name} gave a value that is detached from the losses, so that nothing is trained; "
                    + "detach weights alone");
        }

        // The flag stays on the device, because reading it in each step would wait for the device. It is read if the objective is not
        // finite.
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var wrong = value.isfinite().logical_not().logical_and(input.isfinite().all());
        if (noNumber is null)
        {
            noNumber = wrong.DetachFromDisposeScope();
        }
        else
        {
            noNumber.copy_(noNumber.logical_or(wrong));
        }

        return value;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        noNumber?.Dispose();
        if (disposing)
        {
            weights.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Combines the losses of one step.</summary>
    /// <param name="losses">The task losses [T], after the factors of a transfer; 0 for a task without a label in the batch.</param>
    /// <param name="present">A mask [T], 1 for a task with a label and 0 for one without; null if all tasks have one.</param>
    /// <returns>The loss [] to minimise.</returns>
    public Tensor Combine(Tensor losses, Tensor? present)
    {
        Present = present;
        combined = null;
        if (losses.requires_grad)
        {
            losses.retain_grad();
            combined = losses;
        }

        return call(losses);
    }

    /// <summary>Adds the derivatives of the combined value by the losses, which are the weights of the tasks in the gradient, to those of
    /// the epoch. It is called after the backward pass of a step, and waits for no device.</summary>
    internal void BackwardEnded()
    {
        if (combined?.grad is { } derivatives)
        {
            weights.Add(derivatives, Present);
        }

        combined = null;
    }

    /// <inheritdoc/>
    IEnumerable<(string Name, double[] Values)> IMeasuredWeighting.TakeMeasures() =>
        weights.Take() is { } means ? [(StepMeasures.Weight, means)] : [];

    /// <summary>Combines the losses of one step. <see cref="Present"/> tells which tasks have a label in it.</summary>
    /// <param name="input">The task losses [T], after the factors of a transfer; 0 for a task without a label in the batch.</param>
    /// <returns>The loss [] to minimise.</returns>
    public abstract override Tensor forward(Tensor input);

    /// <inheritdoc/>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }

    /// <summary>Returns the values [T] with another value for each task without a label.</summary>
    private protected Tensor Filled(Tensor values, Scalar instead) => LossBased.Absent.Filled(values, Present, instead);

    /// <summary>Registers numbers that the weighting keeps from step to step. They are saved and loaded with the network.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="length">The number of numbers, at least 0.</param>
    /// <param name="value">The initial value of each.</param>
    /// <exception cref="UAmtflException">The length is negative.</exception>
    protected StateArray Keep(string name, int length, double value = 0) => StateArray.Register(this, name, length, value);

    /// <summary>Registers a tensor that the weighting keeps from step to step, with the type and on the device of the network. It is saved
    /// and loaded with the network.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="start">The initial value, which is copied.</param>
    protected StateTensor KeepTensor(string name, Tensor start) => StateTensor.Register(this, name, start);

    /// <summary>Registers a source of random numbers for the weighting. It is not saved, because a training seeds it anew in each
    /// epoch.</summary>
    /// <param name="name">The name of the source among the weighting's modules.</param>
    protected StateRandom KeepRandom(string name) => StateRandom.Register(this, name);
}
