using UAmtfl.Numerics;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Weighting.GradientBased;

/// <summary>Computes weights by gradient descent towards the shortest combination of moving averages of the gradients, which have less
/// noise than those of a batch: multi-objective gradients with correction, MoCo (Fernando, Shen, Liu et al. 2023, <i>Mitigating
/// Gradient Bias in Multi-objective Learning</i>, ICLR). At step k, y_t ← y_t − β/k^σβ (y_t − L_t g_t/‖g_t‖), λ ← softmax(λ − γ/k^σγ
/// (YYᵀ + ρI) λ), and d = Yᵀλ.</summary>
/// <remarks>Scale: λ sums to 1 and starts at 1/T. As in the authors' code and in LibMTL, gradients are scaled to the sizes of the
/// losses (1e-8 is added to norms), and a softmax keeps λ in the simplex, whereas the paper projects. LibMTL's settings are β = σβ =
/// 0.5, γ = 0.1, σγ = 0.5, ρ = 0. A task without a gradient in the step keeps its y, which still counts. T × P numbers are kept.</remarks>
public sealed class MoCo : KeptGradients
{
    private const double Floor = 1e-8;

    private readonly double beta, betaSigma, gamma, gammaSigma, rho;
    private readonly StateArray steps, lambda;

    /// <summary>Starts with averages of 0 and equal weights.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="beta">The rate β of y, above 0 and at most 1.</param>
    /// <param name="betaSigma">The exponent σβ by which the rate of y falls, at least 0.</param>
    /// <param name="gamma">The rate γ of λ, above 0.</param>
    /// <param name="gammaSigma">The exponent σγ by which the rate of λ falls, at least 0.</param>
    /// <param name="rho">The strength ρ that draws λ towards equal weights, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public MoCo(int tasks, double beta, double betaSigma, double gamma, double gammaSigma, double rho)
        : base(tasks)
    {
        (this.beta, this.betaSigma) = (WeightingArguments.In<MoCoAttribute>(beta), WeightingArguments.In<MoCoAttribute>(betaSigma));
        (this.gamma, this.gammaSigma) = (WeightingArguments.In<MoCoAttribute>(gamma), WeightingArguments.In<MoCoAttribute>(gammaSigma));
        this.rho = WeightingArguments.In<MoCoAttribute>(rho);
        (steps, lambda) = (Keep("steps", 1), Keep("lambda", tasks, 1.0 / tasks));
    }

    /// <inheritdoc/>
    public override Tensor Direction(Tensor jacobian, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var (active, averages, step) = (WithGradient(jacobian), Kept(jacobian), ++steps.Values[0]);
        var scales = losses.to(jacobian.dtype) / (jacobian.norm(1) + Floor);
        Average(averages, jacobian * scales.unsqueeze(1), active, beta / Math.Pow(step, betaSigma));
        // (YYᵀ)λ is computed as Y(Yᵀλ), which takes 2TP multiplications in place of T²P.
        var products = averages.matmul(Like(lambda.Values.ToArray(), averages).matmul(averages)).to(ScalarType.Float64).ToArray();
        Descend(products, gamma / Math.Pow(step, gammaSigma));
        Measures.Add(lambda.Values);
        return Like(lambda.Values.ToArray(), averages).matmul(averages).MoveToOuterDisposeScope();
    }

    /// <summary>Updates λ ← softmax(λ − rate (YYᵀλ + ρλ)).</summary>
    private void Descend(double[] products, double rate)
    {
        var values = lambda.Values;
        for (var t = 0; t < values.Length; t++)
        {
            values[t] -= rate * (products[t] + (rho * values[t]));
        }

        Simplex.Softmax(values);
    }
}
