using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs inner products of the task gradients of two independent batches, whose expectation is JJᵀ without the
/// bias of one batch; the weights are applied to a third. The trainer draws all three.</summary>
/// <param name="tasks">T.</param>
public abstract class CrossWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>The weights of the tasks that have a gradient in both batches.</summary>
    /// <param name="cross">C = JKᵀ, row i the inner products of task i's gradient on the first
    /// batch with all on the second; not symmetric.</param>
    /// <returns>w, one for each of these tasks; finite.</returns>
    public abstract double[] Weights(Gramian cross);

    /// <summary>The weights of one step.</summary>
    /// <param name="first">J [T, P], of the first batch.</param>
    /// <param name="second">K [T, P], of the second.</param>
    /// <param name="losses">[T], of the third, which the weights are for.</param>
    /// <returns>w [T], without a graph; <see cref="GradientWeighting.WeightWithoutGradient"/> for a task
    /// whose gradient is zero in one of the batches.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    public Tensor Balance(Tensor first, Tensor second, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (j, k) = (first.to(ScalarType.Float64), second.to(ScalarType.Float64));
        var present = (j.square().sum(1) * k.square().sum(1)).ToArray();
        return Like(Balance(j.matmul(k.t()).ToArray(), present), losses).MoveToOuterDisposeScope();
    }

    /// <summary>The weights of one step.</summary>
    /// <param name="cross">T × T numbers, row by row.</param>
    /// <param name="present">T numbers, 0 for a task that has no gradient in one of the batches.</param>
    /// <returns>T numbers.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    public double[] Balance(double[] cross, double[] present)
    {
        new Gramian(cross).RequireFinite();
        int[] tasks = [.. Enumerable.Range(0, Tasks).Where(t => present[t] > 0)];
        double[] part = [.. tasks.SelectMany(i => tasks.Select(j => cross[(i * Tasks) + j]))];
        return OfAll(tasks, tasks.Length == 0 ? [] : Weights(new(part, tasks)));
    }
}
