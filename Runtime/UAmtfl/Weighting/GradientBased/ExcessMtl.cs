using UAmtfl.Numerics;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Weighs tasks by their excess risks, so that a task that cannot improve any more, however noisy, counts less and less:
/// ExcessMTL (He, Zhou, Zhang et al. 2024, <i>Robust Multi-Task Learning with Excess Risks</i>, ICML). The excess risk of task t is
/// estimated as E_t = g_tᵀ diag(√s_t)⁻¹ g_t with s_t the sum of g_t² over the steps so far, divided by its first value; w_t ← w_t exp(η
/// E_t), normalised, and d = Σ_t w_t g_t.</summary>
/// <remarks>Scale: the weights start at 1 and sum to T, as in LibMTL (whose η is 0.01); TorchJD's sum to 1. The first step of a task
/// only sets the value by which its risk is divided. 1e-7 is added to s, as in the authors' code. A task without a gradient in the step
/// keeps its weight, and the others share the rest. T × P numbers are kept.</remarks>
public sealed class ExcessMtl : KeptGradients
{
    private const double Floor = 1e-7;

    private readonly double eta;
    private readonly StateArray weights, initial;

    /// <summary>Starts with weights of 1.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="eta">The rate η of the weights, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public ExcessMtl(int tasks, double eta)
        : base(tasks)
    {
        this.eta = WeightingArguments.In<ExcessMtlAttribute>(eta);
        (weights, initial) = (Keep("weights", tasks, 1), Keep("initial", tasks));
    }

    /// <inheritdoc/>
    public override Tensor Direction(Tensor jacobian, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (active, squares) = (WithGradient(jacobian), Kept(jacobian));
        squares.addcmul_(jacobian, jacobian, 1);
        var excess = (jacobian / (squares + Floor).sqrt()).mul_(jacobian).sum(dim: 1).to(ScalarType.Float64).ToArray();
        Update(active, excess);
        Measures.Add(weights.Values);
        return Like(weights.Values.ToArray(), jacobian).matmul(jacobian).MoveToOuterDisposeScope();
    }

    private void Update(bool[] active, double[] excess)
    {
        var w = weights.Values;
        var start = initial.Values;
        var exponents = new double[Tasks];
        int[] changed = [.. Enumerable.Range(0, Tasks).Where(t => active[t])];
        foreach (var t in changed)
        {
            exponents[t] = start[t] > 0 ? eta * excess[t] / start[t] : 0;
            start[t] = start[t] > 0 ? start[t] : excess[t];
        }

        var (before, after, largest) = (0.0, 0.0, changed.Select(t => exponents[t]).DefaultIfEmpty().Max());
        foreach (var t in changed)
        {
            before += w[t];
            after += w[t] *= Math.Exp(exponents[t] - largest);
        }

        foreach (var t in changed)
        {
            w[t] *= before / after;
        }
    }
}
