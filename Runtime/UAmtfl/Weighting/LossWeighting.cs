using TorchSharp;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that combines the task losses into the one that is minimised. Parameters that a subclass registers are
/// trained with the network; buffers are saved with it.</summary>
/// <param name="tasks">T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public abstract class LossWeighting(int tasks) : nn.Module<Tensor, Tensor>(nameof(LossWeighting)), IWeighting
{
    private Tensor? noNumber;

    /// <inheritdoc/>
    public int Tasks { get; } = WeightingArguments.AtLeast(tasks, 1);

    /// <summary>Which tasks have a label in the batch of the step: [T], 1 or 0; null where all have one.
    /// A loss of 0 does not say it, because a task that is fitted perfectly has one too.</summary>
    protected Tensor? Present { get; private set; }

    /// <summary>True if a value was not finite though all losses were. It is only kept of weightings of the user's own.</summary>
    internal bool GaveNoNumber => noNumber?.item<bool>() ?? false;

    /// <summary>Combines the losses of one step, and refuses what cannot be trained.</summary>
    /// <param name="input">[T], as <see cref="forward"/> takes them.</param>
    /// <returns>[], the loss to minimise.</returns>
    /// <exception cref="UAmtflException">The value is no single number, or does not depend on the losses.</exception>
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

        // Nothing is read from the device within a step: it is asked when the objective is found to be no number.
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
        base.Dispose(disposing);
    }

    /// <summary>Combines the losses of one step.</summary>
    /// <param name="losses">[T], the task losses, after the sharing scheme's factors; 0 for a task without a label in the batch.</param>
    /// <param name="present">[T], 1 for a task with a label and 0 for one without; null where all have one.</param>
    /// <returns>[], the loss to minimise.</returns>
    public Tensor Combine(Tensor losses, Tensor? present)
    {
        Present = present;
        return call(losses);
    }

    /// <summary>Combines the losses of one step, of which <see cref="Present"/> says which tasks have a label.</summary>
    /// <param name="input">[T], the task losses, after the sharing scheme's factors; 0 for a task without a label in the batch.</param>
    /// <returns>[], the loss to minimise.</returns>
    public abstract override Tensor forward(Tensor input);

    /// <inheritdoc/>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }

    /// <summary>The values [T] with another in the place of those of tasks without a label.</summary>
    private protected Tensor Filled(Tensor values, Scalar instead) => LossBased.Absent.Filled(values, Present, instead);

    /// <summary>Numbers that the weighting keeps from step to step, saved and loaded with the network.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="length">How many.</param>
    /// <param name="value">What each starts at.</param>
    /// <exception cref="UAmtflException">The length is negative.</exception>
    protected StateArray Keep(string name, int length, double value = 0) => StateArray.Register(this, name, length, value);

    /// <summary>A tensor that the weighting keeps from step to step on the device of the
    /// network, in its type, saved and loaded with it.</summary>
    /// <param name="name">The name in the saved state.</param>
    /// <param name="start">What it starts as; copied.</param>
    protected StateTensor KeepTensor(string name, Tensor start) => StateTensor.Register(this, name, start);

    /// <summary>Random numbers of the weighting's own, whose state is saved and loaded with the network;
    /// seeded from the global random state.</summary>
    /// <param name="name">The name in the saved state.</param>
    protected StateRandom KeepRandom(string name) => StateRandom.Register(this, name);
}
