using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs inner products of the task gradients of two independent batches, and whose weights are applied to a
/// third. Their expectation is JJᵀ without the bias of a single batch. The trainer draws all three batches.</summary>
/// <param name="tasks">The number of tasks T, at least 1.</param>
public abstract class CrossWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>Computes the weights of the tasks that have a gradient in both batches.</summary>
    /// <param name="cross">The matrix C = JKᵀ, whose row i has the inner products of task i's gradient on the first batch with all
    /// gradients on the second. It is not symmetric.</param>
    /// <returns>The weights w, one finite number for each of these tasks.</returns>
    public abstract double[] Weights(Gramian cross);

    /// <summary>Computes the weights of one step from the gradients of two batches.</summary>
    /// <param name="first">The gradients J [T, P] of the first batch.</param>
    /// <param name="second">The gradients K [T, P] of the second batch.</param>
    /// <param name="losses">The losses [T] of the third batch, to which the weights are applied.</param>
    /// <returns>The weights w [T], without a graph; <see cref="GradientWeighting.WeightWithoutGradient"/> for a task whose gradient is
    /// zero in one of the batches.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    public Tensor Balance(Tensor first, Tensor second, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (j, k) = (first.to(ScalarType.Float64), second.to(ScalarType.Float64));
        var present = (j.square().sum(1) * k.square().sum(1)).ToArray();
        return Like(Balance(j.matmul(k.t()).ToArray(), present), losses).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the weights of one step from inner products.</summary>
    /// <param name="cross">The matrix JKᵀ, T × T numbers, row by row.</param>
    /// <param name="present">T numbers: 0 for a task that has no gradient in one of the batches, and any other number for the
    /// others.</param>
    /// <returns>The weights, T numbers.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    public double[] Balance(double[] cross, double[] present)
    {
        new Gramian(cross).RequireFinite();
        int[] tasks = [.. Enumerable.Range(0, Tasks).Where(t => present[t] > 0)];
        double[] part = [.. tasks.SelectMany(i => tasks.Select(j => cross[(i * Tasks) + j]))];
        return OfAll(tasks, tasks.Length == 0 ? [] : Weights(new(part, tasks)));
    }
}
