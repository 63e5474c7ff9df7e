using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs the inner products of the task gradients and nothing else of them: the shared parameters are
/// stepped along Σ_t w_t g_t. It computes in double precision on T × T numbers, whatever the network's type and device.</summary>
/// <remarks>A task whose gradient is zero (none of its labels in the batch, or a perfect fit) is left out of the problem, since any
/// weight of it gives the same step of what is shared; the others go on. If all are zero, so is the step.</remarks>
/// <param name="tasks">T.</param>
public abstract class GramianWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>What a reader of the results is told where weights were not what the weighting promises, since it was made;
    /// null where all were.</summary>
    internal virtual string? Shortfall => null;

    /// <summary>The weights of the tasks that have a gradient.</summary>
    /// <param name="gramian">G = JJᵀ, rows and columns of the tasks in <see cref="Gramian.Tasks"/>;
    /// finite, with a positive diagonal.</param>
    /// <param name="losses">The losses of the same tasks.</param>
    /// <returns>w, one for each of these tasks; finite.</returns>
    public abstract double[] Weights(Gramian gramian, ReadOnlySpan<double> losses);

    /// <summary>The weights of one step.</summary>
    /// <param name="gramian">[T, T], float64, G = JJᵀ with J's rows the task gradients.</param>
    /// <param name="losses">[T], the terms whose gradients they are.</param>
    /// <returns>w [T], without a graph; <see cref="GradientWeighting.WeightWithoutGradient"/> for a task whose gradient is zero.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    public Tensor Balance(Tensor gramian, Tensor losses) =>
        Like(Balance(gramian.ToArray(), losses.detach().to(ScalarType.Float64).ToArray()), losses);

    /// <summary>The weights of one step.</summary>
    /// <param name="gramian">T × T numbers, row by row.</param>
    /// <param name="losses">T numbers.</param>
    /// <returns>T numbers.</returns>
    /// <exception cref="NotFiniteException">A task's gradient is not finite.</exception>
    public double[] Balance(double[] gramian, double[] losses)
    {
        var all = new Gramian(gramian);
        all.RequireFinite();
        var active = all.WithGradient();
        return OfAll(active.Tasks, active.Count == 0 ? [] : Weights(active, [.. active.Tasks.Select(t => losses[t])]));
    }
}
