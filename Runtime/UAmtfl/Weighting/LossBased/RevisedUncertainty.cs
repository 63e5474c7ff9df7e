using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Σ_t L_t / (2σ_t²) + log(1 + σ_t²), each σ_t learned: the revised uncertainty weighting, whose second term never gets negative (Liebel
/// and Körner 2018, <i>Auxiliary Tasks in Multi-task Learning</i>, arXiv:1805.06334).</summary>
/// <remarks>Scale: weights of 1/2 at the start. What is learned is log σ_t², from 0, by the network's optimiser, its weight decay included. A task
/// without a label in the batch contributes neither term: log(1 + σ²) alone would draw its σ to 0.</remarks>
public sealed class RevisedUncertainty : LossWeighting
{
    private const string LogVariance = "logVariance";

    private static readonly Scalar LogHalf = Math.Log(0.5);

    /// <summary>Registers log σ² = 0.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
    public RevisedUncertainty(int tasks)
        : base(tasks) => register_parameter(LogVariance, new Parameter(zeros(tasks, dtype: ScalarType.Float64).DetachFromDisposeScope()));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var s = get_parameter(LogVariance)!;
        // exp(−s − log 2) is 1/(2σ²) with one pass less than a half of exp(−s), on the way forward and back.
        return input.dot((LogHalf - s).exp()) + Filled(nn.functional.softplus(s), Absent.Zero).sum();
    }
}
