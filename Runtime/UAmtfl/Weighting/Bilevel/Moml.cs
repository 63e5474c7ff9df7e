using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>Multi-objective meta learning, MOML (Ye, Lin, Yue, Guo, Xiao and Zhang 2021, <i>Multi-Objective Meta Learning</i>, NeurIPS): the upper losses after a trial step, U_k(θ′) with
/// θ′ = θ − η Σ_t λ_t ∇L_t and λ = softmax(a), are T objectives of a. It descends along the shortest convex combination of their gradients, along
/// which none of them rises; then the parameters step along Σ_t λ_t ∇L_t with the new λ.</summary>
/// <remarks>Scale: λ sums to 1. a starts at 0 and is stepped by Adam, as in the authors' code (at a rate of 0.001). The gradients with respect to a are exact, and as
/// they are: the authors' code for some of the data sets scales them to norm 1. Its final step is on both batches, here on the lower
/// one, as in the paper. LibMTL asserts one inner step and sets five; here it is one. A task without a label in the upper batch is no objective.
/// Takes T gradients of each batch.</remarks>
public sealed class Moml : LearnedWeights
{
    private readonly double step;

    /// <summary>Starts with equal weights.</summary>
    /// <param name="tasks">T, at least 1.</param>
    /// <param name="learningRate">Of a, above 0.</param>
    /// <param name="step">η, above 0: the length of the trial step.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Moml(int tasks, double learningRate, double step)
        : base(tasks, WeightingArguments.In<MomlAttribute>(learningRate), 0) => this.step = WeightingArguments.In<MomlAttribute>(step);

    /// <inheritdoc/>
    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem)
    {
        var weights = Simplex.SoftmaxOf(Learned);
        double[][] rows = [.. HyperGradients.Of(problem, weights, step).Where(r => Array.Exists(r, v => v != 0)).Select(r => HyperGradients.ThroughSoftmax(r, weights))];
        if (rows.Length > 0)
        {
            double[] products = [.. rows.SelectMany(r => rows.Select(s => Vectors.Dot(r, s)))];
            Descend(Combined(rows, Solvers.MinimumNorm.Solve(new Gramian(products))));
        }

        return (Simplex.SoftmaxOf(Learned), null);
    }

    private double[] Combined(double[][] rows, double[] upper)
    {
        var gradient = new double[Tasks];
        for (var k = 0; k < rows.Length; k++)
        {
            Vectors.AddScaled(gradient, upper[k], rows[k]);
        }

        return gradient;
    }
}
