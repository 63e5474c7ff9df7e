using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Gives all tasks the same weight: Σ_t L_t, or the mean 1/T Σ_t L_t.</summary>
/// <remarks>Scale: T weights of 1, or of 1/T. LibMTL documents 1/T and computes the sum; TorchJD has both by name. With the sum, the
/// step of the shared parameters grows with T.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <param name="mean">True if the sum is divided by T.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public sealed class Equal(int tasks, bool mean) : LossWeighting(tasks)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => mean ? input.mean() : input.sum();
}
