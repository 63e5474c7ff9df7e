using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A strategy that combines the task losses into the one that is minimised. Parameters that a subclass registers are
/// trained with the network.</summary>
/// <param name="tasks">T.</param>
public abstract class LossWeighting(int tasks) : nn.Module<Tensor, Tensor>(nameof(LossWeighting))
{
    /// <summary>T.</summary>
    public int Tasks { get; } = tasks;

    /// <summary>Combines the losses of one step.</summary>
    /// <param name="input">[T], the task losses, after the sharing scheme's factors.</param>
    /// <returns>[], the loss to minimise.</returns>
    public abstract override Tensor forward(Tensor input);

    /// <summary>Called after each epoch, under no_grad.</summary>
    /// <param name="meanLosses">[T], the epoch's mean task losses.</param>
    public virtual void EpochEnded(Tensor meanLosses)
    {
    }
}
