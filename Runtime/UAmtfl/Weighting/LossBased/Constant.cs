using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Σ_t c_t L_t with given weights.</summary>
/// <remarks>Scale: that of the weights; nothing is normalised. As TorchJD's Constant.</remarks>
public sealed class Constant : LossWeighting
{
    private readonly StateTensor factors;

    /// <summary>Takes the weights.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="weights">c, T finite numbers.</param>
    /// <exception cref="ArgumentException">It is not one finite number a task.</exception>
    public Constant(int tasks, double[] weights)
        : base(tasks) => factors = KeepTensor("weights", tensor(WeightingArguments.OneEach(tasks, weights)));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.dot(factors.Value);
}
