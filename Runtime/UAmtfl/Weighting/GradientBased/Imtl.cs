using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Combines both halves of impartial multi-task learning, IMTL: <see cref="ImtlG"/> on the gradients of e^(s_t) L_t − s_t,
/// with s trained with the network, which brings all scaled losses to 1 (Liu et al. 2021, <i>Towards impartial multi-task learning</i>,
/// eq. 6 and 8). Scale: the weights of the transformed losses sum to 1.</summary>
/// <remarks>s starts at 0. The term of a task without a label in the batch is 0, and so is the gradient of its s. If a loss goes to 0,
/// e^s grows without bound; the step of the shared parameters then depends only on the gradients' directions.</remarks>
public sealed class Imtl : GramianWeighting, ILossTransform
{
    private readonly Parameter scales;

    /// <summary>Starts with s = 0.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="tasks"/> is below 1.</exception>
    public Imtl(int tasks)
        : base(tasks)
    {
        scales = new(zeros(tasks).DetachFromDisposeScope());
        register_parameter("scales", scales);
    }

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => ImtlG.Impartial(gramian);

    /// <inheritdoc/>
    public Tensor Transform(Tensor losses, Tensor? present)
    {
        using var scope = NewDisposeScope();
        var s = scales.to(losses.dtype);
        return LossBased.Absent.Filled((s.exp() * losses) - s, present, LossBased.Absent.Zero).MoveToOuterDisposeScope();
    }
}
