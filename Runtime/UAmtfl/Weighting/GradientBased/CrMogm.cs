using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Averages the weights of another weighting over steps, w ← m w + (1 − m) ŵ, because the average is less correlated with the
/// batch's gradients: CR-MOGM (Zhou et al. 2022, <i>On the convergence of stochastic multi-objective gradient manipulation and beyond</i>,
/// algorithm 1). Scale: that of the other weighting.</summary>
/// <remarks>The mean of each task starts at its first weight, and moves only in steps in which it has a gradient. Guarantees of the
/// other weighting for a single step, such as to conflict with no gradient or to stay below a largest norm (<see cref="NashMtl"/>), do
/// not hold for the average.</remarks>
public sealed class CrMogm : GramianWeighting
{
    private readonly GramianWeighting inner;
    private readonly double momentum;
    private readonly StateArray mean;

    /// <summary>1 for a task whose mean has begun, else 0.</summary>
    private readonly StateArray begun;

    /// <summary>Averages the weights of another weighting.</summary>
    /// <param name="inner">The weighting whose weights are averaged; it becomes a module of this one.</param>
    /// <param name="momentum">The momentum m, at least 0 and below 1; 0 is the inner weighting itself.</param>
    /// <exception cref="ArgumentNullException"><paramref name="inner"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="inner"/> transforms the losses or wants them after the step.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="momentum"/> is out of its range.</exception>
    public CrMogm(GramianWeighting inner, double momentum)
        : base((inner ?? throw new ArgumentNullException(nameof(inner))).Tasks)
    {
        if (inner is ILossTransform or ILossesAfterStep)
        {
            throw new ArgumentException(
                $"{inner.GetType().Name} needs more of a step than the inner products; average a weighting that does not.", nameof(inner));
        }
        this.inner = inner;
        this.momentum = WeightingArguments.In<CrMogmAttribute>(momentum);
        register_module("inner", inner);
        (mean, begun) = (Keep("mean", Tasks), Keep("begun", Tasks));
    }

    /// <inheritdoc/>
    internal override string? Shortfall => inner.Shortfall;

    /// <inheritdoc/>
    public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses)
    {
        var weights = inner.Weights(gramian, losses);
        for (var i = 0; i < weights.Length; i++)
        {
            var task = gramian.Tasks[i];
            ref var kept = ref mean.Values[task];
            kept = begun.Values[task] == 0 ? weights[i] : (momentum * kept) + ((1 - momentum) * weights[i]);
            begun.Values[task] = 1;
            weights[i] = kept;
        }

        return weights;
    }

    /// <inheritdoc/>
    protected internal override double WeightWithoutGradient(double[] solved) => inner.WeightWithoutGradient(solved);

    /// <inheritdoc/>
    public override void EpochEnded(Tensor meanLosses) => inner.EpochEnded(meanLosses);
}
