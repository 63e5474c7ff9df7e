using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting, which combines tasks: a <see cref="LossWeighting"/>, which takes only losses, or a
/// <see cref="GradientWeighting"/>.</summary>
public interface IWeighting
{
    /// <summary>The number of tasks T.</summary>
    int Tasks { get; }

    /// <summary>Takes the mean losses of an epoch. It is called after each epoch, under no_grad.</summary>
    /// <param name="meanLosses">The mean task losses [T] of the epoch; NaN for a task without a label in the whole epoch.</param>
    void EpochEnded(Tensor meanLosses);
}
