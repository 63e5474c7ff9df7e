using UAmtfl.Weighting.LossBased;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Takes the logarithm of each loss and scales moving averages of the gradients to the largest norm: dual-balancing multi-task
/// learning, DB-MTL (Lin, Jiang, Ye et al. 2023, arXiv:2308.12029). With g_t the gradient of log L_t, y_t ← g_t + β/k^σ (y_t − g_t) at
/// step k, and d = Σ_t y_t max_s ‖y_s‖ / ‖y_t‖.</summary>
/// <remarks>Scale: that of T vectors of the largest norm. 1e-8 is added to the logarithm's argument and to the norms, as in LibMTL,
/// whose settings are β = 0.9 and σ = 0. y starts at 0, so that the first steps are shorter by the factor 1 − β. A task without a
/// gradient in the step keeps its y, which still counts, unless it has never had a gradient. The task-specific parameters get the
/// gradients of log L_t too. T × P numbers are kept.</remarks>
public sealed class DbMtl : KeptGradients, ILossTransform
{
    private const double Floor = 1e-8;

    private readonly double beta, betaSigma;
    private readonly StateArray steps;

    /// <summary>Starts with averages of 0.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="beta">The memory β, at least 0, which keeps nothing, and below 1.</param>
    /// <param name="betaSigma">The exponent σ by which the memory fades, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public DbMtl(int tasks, double beta, double betaSigma)
        : base(tasks)
    {
        (this.beta, this.betaSigma) = (WeightingArguments.In<DbMtlAttribute>(beta), WeightingArguments.In<DbMtlAttribute>(betaSigma));
        steps = Keep("steps", 1);
    }

    /// <summary>Returns log(L_t + 1e-8), or 0 for a task without a label.</summary>
    /// <inheritdoc/>
    public Tensor Transform(Tensor losses, Tensor? present) => Absent.Filled(losses + Floor, present, Absent.One).log();

    /// <inheritdoc/>
    public override Tensor Direction(Tensor jacobian, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (active, averages) = (WithGradient(jacobian), Kept(jacobian));
        Average(averages, jacobian, active, 1 - (beta / Math.Pow(++steps.Values[0], betaSigma)));
        var norms = averages.norm(1);
        var weights = norms.max() / (norms + Floor);
        Measures.Add(weights);
        return weights.matmul(averages).MoveToOuterDisposeScope();
    }
}
