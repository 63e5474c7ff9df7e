using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Learns weights exp(s_t) that bring all scaled losses to 1: the loss half of impartial multi-task learning, IMTL-L,
/// Σ_t exp(s_t) L_t − s_t (Liu, Li, Kuang et al. 2021, <i>Towards Impartial Multi-task Learning</i>, ICLR). At its minimum over s,
/// exp(s_t) = 1/L_t.</summary>
/// <remarks>Scale: the weights start at 1 and grow as the losses fall, and the effective learning rate with them. s is learned from 0
/// by the network's optimiser, including its weight decay. A task without a label in the batch contributes neither term, because −s
/// alone would raise its weight without bound; LibMTL and TorchJD do not handle that case.</remarks>
public sealed class ImtlL : LossWeighting
{
    private const string Scale = "s";

    /// <summary>Registers the parameters s = 0.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
    public ImtlL(int tasks)
        : base(tasks) => register_parameter(Scale, new Parameter(zeros(tasks, dtype: ScalarType.Float64).DetachFromDisposeScope()));

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        var s = get_parameter(Scale)!;
        return input.dot(s.exp()) - Filled(s, Absent.Zero).sum();
    }
}
