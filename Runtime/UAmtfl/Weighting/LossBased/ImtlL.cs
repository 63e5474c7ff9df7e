using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.LossBased;

/// <summary>Σ_t exp(s_t) L_t − s_t, each s_t learned: the impartial loss balance, IMTL-L (Liu, Li, Kuang et al. 2021, <i>Towards Impartial Multi-task
/// Learning</i>, ICLR). At its minimum over s, exp(s_t) = 1/L_t: all scaled losses are 1.</summary>
/// <remarks>Scale: weights of 1 at the start; they grow as the losses fall, and the learning rate with them. s is learned from 0 by the
/// network's optimiser, its weight decay included. A task without a label in the batch contributes neither term: −s alone would
/// drive its weight up without end. LibMTL and TorchJD do not ask for that.</remarks>
public sealed class ImtlL : LossWeighting
{
    private const string Scale = "s";

    /// <summary>Registers s = 0.</summary>
    /// <param name="tasks">T, at least 1.</param>
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
