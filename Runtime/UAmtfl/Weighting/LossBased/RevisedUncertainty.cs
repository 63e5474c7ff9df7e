using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Learns an uncertainty σ_t for each task, with a second term that is never negative: the revised uncertainty weighting,
/// Σ_t L_t / (2σ_t²) + log(1 + σ_t²) (Liebel and Körner 2018, <i>Auxiliary Tasks in Multi-task Learning</i>, arXiv:1805.06334).</summary>
/// <remarks>Scale: the weights start at 1/2. log σ_t² is learned from 0 by the network's optimiser, including its weight decay. A task
/// without a label in the batch contributes neither term, because log(1 + σ²) alone would draw its σ to 0.</remarks>
public sealed class RevisedUncertainty : LossWeighting
{
    private const string LogVariance = "logVariance";

    private static readonly Scalar LogHalf = Math.Log(0.5);

    /// <summary>Registers the parameters log σ² = 0.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
    public RevisedUncertainty(int tasks)
        : base(tasks) => register_parameter(LogVariance, new Parameter(zeros(tasks, dtype: ScalarType.Float64).DetachFromDisposeScope()));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var s = get_parameter(LogVariance)!;
        // 1/(2σ²) is computed as exp(−s − log 2), which takes one operation less than half of exp(−s), forward and backward.
        return input.dot((LogHalf - s).exp()) + Filled(nn.functional.softplus(s), Absent.Zero).sum();
    }
}
