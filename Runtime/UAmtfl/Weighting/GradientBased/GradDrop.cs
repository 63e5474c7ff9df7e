using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Draws a sign for each parameter and sums only the gradients with that sign: gradient sign dropout, GradDrop (Chen, Ngiam,
/// Huang et al. 2020, <i>Just Pick a Sign</i>, NeurIPS). The positive sign has probability P = ½(1 + Σg/Σ|g|).</summary>
/// <remarks>Scale: a sum over tasks; E[d] = Σ_t g_t exactly. A task whose gradient is 0 changes nothing. This is TorchJD's form,
/// without leak; LibMTL has it only for the gradients of a representation, times its sign and summed over the batch.</remarks>
public sealed class GradDrop : JacobianWeighting
{
    private readonly StateRandom source;

    /// <summary>Starts the random draws.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no tasks.</exception>
    public GradDrop(int tasks)
        : base(tasks) => source = KeepRandom("draws");

    /// <inheritdoc/>
    public override Tensor Direction(Tensor jacobian, Tensor losses)
    {
        using var scope = NewDisposeScope();
        WithGradient(jacobian);
        var (sum, sizes) = (jacobian.sum(dim: 0), jacobian.abs().sum(dim: 0));
        var positive = (sum + sizes) * 0.5;
        using var generator = source.Generator(jacobian.device);
        var drawn = rand(sum.shape, sum.dtype, sum.device, generator: generator);
        // Compare U < P without a division, because both sums are 0 if all gradients are.
        return where((drawn * sizes).lt(positive), positive, sum - positive).MoveToOuterDisposeScope();
    }
}
