using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs only the inner products of the task gradients: the shared parameters step along Σ_t w_t g_t. It
/// computes with T × T numbers in double precision, whatever the type and device of the network.</summary>
/// <remarks>A task whose gradient is zero (none of its labels is in the batch, or it is fitted perfectly) is left out of the problem,
/// because any weight of it gives the same step of the shared parameters. If all gradients are zero, so is the step.</remarks>
/// <param name="tasks">The number of tasks T, at least 1.</param>
public abstract class GramianWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>A sentence for reports that says in how many steps the weights were not those which the weighting promises; null if there
    /// was no such step.</summary>
    internal virtual string? Shortfall => null;

    /// <summary>The sums of each pair of gradients over the training; null if they are not recorded.</summary>
    internal PairSums? Pairs => Measures.Pairs;

    /// <summary>Records each pair of gradients from now on, unless there are too many tasks.</summary>
    /// <param name="keeper">The module with which the sums are saved and loaded.</param>
    internal void RecordPairs(nn.Module keeper) => Measures.Pairs = PairSums.Of(Tasks, keeper);

    /// <summary>Computes the weights of the tasks that have a gradient.</summary>
    /// <param name="gramian">The inner products G = JJᵀ of the tasks in <see cref="Gramian.Tasks"/>; finite, with a positive
    /// diagonal.</param>
    /// <param name="losses">The losses of the same tasks.</param>
    /// <returns>The weights w, one finite number for each of these tasks.</returns>
    public abstract double[] Weights(Gramian gramian, ReadOnlySpan<double> losses);

    /// <summary>Computes the weights of one step from tensors.</summary>
    /// <param name="gramian">The inner products G = JJᵀ [T, T], float64, where the rows of J are the gradients of the tasks.</param>
    /// <param name="losses">The terms [T] whose gradients they are.</param>
    /// <returns>The weights w [T], without a graph; <see cref="GradientWeighting.WeightWithoutGradient"/> for a task whose gradient is
    /// zero.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    public Tensor Balance(Tensor gramian, Tensor losses) =>
        Like(Balance(gramian.ToArray(), losses.detach().to(ScalarType.Float64).ToArray()), losses);

    /// <summary>Computes the weights of one step from numbers.</summary>
    /// <param name="gramian">The inner products, T × T numbers, row by row.</param>
    /// <param name="losses">The losses, T numbers.</param>
    /// <returns>The weights, T numbers.</returns>
    /// <exception cref="NotFiniteException">The gradient of a task is not finite.</exception>
    public double[] Balance(double[] gramian, double[] losses)
    {
        var all = new Gramian(gramian);
        all.RequireFinite();
        var active = all.WithGradient();
        Measures.Add(active);
        return OfAll(active.Tasks, active.Count == 0 ? [] : Weights(active, [.. active.Tasks.Select(t => losses[t])]));
    }
}
