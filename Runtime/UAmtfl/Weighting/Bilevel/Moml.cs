using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>Learns weights λ so that no loss on a further batch after a trial step rises: multi-objective meta learning, MOML (Ye, Lin,
/// Yue, Guo, Xiao and Zhang 2021, <i>Multi-Objective Meta Learning</i>, NeurIPS). The upper losses U_k(θ′) with θ′ = θ − η Σ_t λ_t ∇L_t
/// and λ = softmax(a) are T objectives of a, which descends along the shortest convex combination of their gradients; then the parameters
/// step along Σ_t λ_t ∇L_t with the new λ.</summary>
/// <remarks>Scale: λ sums to 1. a starts at 0 and is stepped by Adam, as in the authors' code (at a rate of 0.001). The gradients with
/// respect to a are exact and not scaled; the authors' code scales them to norm 1 for some of the data sets. The final step is on the
/// lower batch, as in the paper; that of the authors' code is on both. LibMTL asserts one inner step and sets five; here there is one.
/// A task without a label in the upper batch is not an objective. A step takes T gradients of each batch.</remarks>
public sealed class Moml : LearnedWeights
{
    private readonly double step;

    /// <summary>Starts with equal weights.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="learningRate">The learning rate of a, above 0.</param>
    /// <param name="step">The length η of the trial step, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Moml(int tasks, double learningRate, double step)
        : base(tasks, WeightingArguments.In<MomlAttribute>(learningRate), 0) => this.step = WeightingArguments.In<MomlAttribute>(step);

    /// <inheritdoc/>
    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem)
    {
        var weights = Simplex.SoftmaxOf(Learned);
        double[][] rows = [
            .. HyperGradients.Of(problem, weights, step).Where(r => Array.Exists(r, v => v != 0))
                .Select(r => HyperGradients.ThroughSoftmax(r, weights))];
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
