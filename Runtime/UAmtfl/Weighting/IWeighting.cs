using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that combines tasks: a <see cref="LossWeighting"/>, which sees losses
/// alone, or a <see cref="GradientWeighting"/>.</summary>
public interface IWeighting
{
    /// <summary>T.</summary>
    int Tasks { get; }

    /// <summary>Called after each epoch, under no_grad.</summary>
    /// <param name="meanLosses">[T], the epoch's mean task losses; NaN for a task without a label in the whole epoch.</param>
    void EpochEnded(Tensor meanLosses);
}
