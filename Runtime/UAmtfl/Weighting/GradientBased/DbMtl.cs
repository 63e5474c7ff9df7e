using UAmtfl.Weighting.LossBased;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Dual-balancing multi-task learning, DB-MTL (Lin, Jiang, Ye et al. 2023, arXiv:2308.12029): losses are balanced by their logarithm, and
/// gradients by their norm. With g_t the gradient of log L_t, y_t ← g_t + β/k^σ (y_t − g_t) at step k, and d = Σ_t y_t max_s ‖y_s‖ / ‖y_t‖.</summary>
/// <remarks>Scale: T vectors of the largest norm. Log and norms get 1e-8, as in LibMTL, whose settings are β = 0.9 and σ = 0; y starts at 0, so that the first
/// steps are 1 − β as long. A task without a gradient in the step keeps its y, which still counts; one that never had any does not.
/// The task-specific parameters get the gradients of log L_t, too. T × P numbers are kept.</remarks>
public sealed class DbMtl : KeptGradients, ILossTransform
{
    private const double Floor = 1e-8;

    private readonly double beta, betaSigma;
    private readonly StateArray steps;

    /// <summary>Starts with averages of 0.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="beta">β, at least 0, which keeps nothing, and below 1.</param>
    /// <param name="betaSigma">σ, at least 0: how fast the memory fades.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public DbMtl(int tasks, double beta, double betaSigma)
        : base(tasks)
    {
        (this.beta, this.betaSigma) = (WeightingArguments.In<DbMtlAttribute>(beta), WeightingArguments.In<DbMtlAttribute>(betaSigma));
        steps = Keep("steps", 1);
    }

    /// <summary>log(L_t + 1e-8), and 0 for a task without a label.</summary>
    /// <inheritdoc/>
    public Tensor Transform(Tensor losses, Tensor? present) => Absent.Filled(losses + Floor, present, Absent.One).log();

    /// <inheritdoc/>
    public override Tensor Direction(Tensor jacobian, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (active, averages) = (WithGradient(jacobian), Kept(jacobian));
        Average(averages, jacobian, active, 1 - (beta / Math.Pow(++steps.Values[0], betaSigma)));
        var norms = averages.norm(1);
        return (norms.max() / (norms + Floor)).matmul(averages).MoveToOuterDisposeScope();
    }
}
