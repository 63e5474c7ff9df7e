using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Adds up the losses with given weights, Σ_t c_t L_t.</summary>
/// <remarks>Scale: that of the weights, which are not normalised. It equals TorchJD's Constant.</remarks>
public sealed class Constant : LossWeighting
{
    private readonly StateTensor factors;

    /// <summary>Sets the weights.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="weights">The weights c, T finite numbers.</param>
    /// <exception cref="ArgumentException">The weights are not one finite number for each task.</exception>
    public Constant(int tasks, double[] weights)
        : base(tasks) => factors = KeepTensor("weights", tensor(WeightingArguments.OneEach(tasks, weights)));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.dot(factors.Value);
}
