using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>A weighting that keeps T × P numbers from step to step: a moving average of the gradients, or a sum of their
/// squares.</summary>
/// <param name="tasks">The number of tasks T, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
public abstract class KeptGradients(int tasks) : JacobianWeighting(tasks)
{
    private StateTensor? kept;

    /// <inheritdoc/>
    public override void Allocate(long parameters, ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        kept = KeepTensor("gradients", zeros([Tasks, parameters], dtype, device));
    }

    /// <summary>Returns the kept numbers [T, P].</summary>
    /// <param name="jacobian">The gradients J [T, P], for which memory is allocated if <see cref="JacobianWeighting.Allocate"/> has not
    /// been called.</param>
    private protected Tensor Kept(Tensor jacobian)
    {
        if (kept is null)
        {
            Allocate(jacobian.shape[1], jacobian.dtype, jacobian.device);
        }

        return kept!.Value;
    }

    /// <summary>Updates y_t ← y_t + rate (g_t − y_t) for the tasks with a gradient. The other tasks keep their value.</summary>
    private protected static void Average(Tensor kept, Tensor gradients, bool[] active, double rate)
        => kept.lerp_(gradients, Column(active.Select(a => a ? rate : 0), gradients));
}
