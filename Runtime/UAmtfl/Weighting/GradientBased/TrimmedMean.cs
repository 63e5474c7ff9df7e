using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Takes, for each parameter, the mean of the tasks' gradients without the k largest and the k smallest, so that up to k tasks
/// may have any gradient without misleading the others: the coordinate-wise trimmed mean (Yin, Chen, Ramchandran and Bartlett 2018,
/// <i>Byzantine-Robust Distributed Learning</i>, ICML).</summary>
/// <remarks>Scale: a mean over tasks; k = 0 gives the mean of all gradients. A task without a gradient in the step is not counted. If
/// fewer than 2k + 1 tasks have a gradient, their median is taken. The result equals that of TorchJD, except that TorchJD counts
/// gradients of zero.</remarks>
public sealed class TrimmedMean : JacobianWeighting
{
    private readonly int trim;

    /// <summary>Creates the weighting for k gradients that are left out at each end.</summary>
    /// <param name="tasks">The number of tasks T, at least 2k + 1.</param>
    /// <param name="trim">The number k of gradients that are left out at each end, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is negative, or no gradient would be left.</exception>
    public TrimmedMean(int tasks, int trim)
        : base(tasks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trim, (tasks - 1) / 2);
        this.trim = WeightingArguments.In<TrimmedMeanAttribute>(trim);
    }

    /// <inheritdoc/>
    public override Tensor Direction(Tensor jacobian, Tensor losses)
    {
        using var scope = NewDisposeScope();
        long[] active = [.. WithGradient(jacobian).Select((a, t) => (a, t)).Where(x => x.a).Select(x => (long)x.t)];
        if (active.Length == 0)
        {
            return zeros_like(jacobian[0]).MoveToOuterDisposeScope();
        }

        var cut = Math.Min(trim, (active.Length - 1) / 2);
        var rows = active.Length == Tasks ? jacobian : jacobian.index_select(0, tensor(active, device: jacobian.device));
        var sorted = cut == 0 ? rows : rows.sort(dim: 0).Values.narrow(0, cut, active.Length - (2 * cut));
        return sorted.mean([0L]).MoveToOuterDisposeScope();
    }
}
