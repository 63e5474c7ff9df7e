using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>Learns weights λ so that the sum of the losses on a further batch after a trial step falls: Auto-λ (Liu, James, Davison and
/// Johns 2022, <i>Auto-Lambda: Disentangling Dynamic Task Relationships</i>, TMLR). λ descends Σ_k U_k(θ′) with θ′ = θ − η Σ_t λ_t
/// ∇L_t; then the parameters step along Σ_t λ_t ∇L_t with the new λ. All tasks are primary tasks.</summary>
/// <remarks>Scale: each λ starts at 0.1, as in the authors' code, is not normalised and may become negative. Adam steps λ (at a rate of
/// 0.0001 in that code). The gradient with respect to λ is exact, −η Σ_k ⟨∇U_k(θ′), ∇L_t(θ)⟩; the authors and LibMTL approximate it by
/// two finite differences. A step takes T gradients of the lower batch and T of the upper one.</remarks>
public sealed class AutoLambda : LearnedWeights
{
    private const double Start = 0.1;

    private readonly double step;

    /// <summary>Starts with weights of 0.1.</summary>
    /// <param name="tasks">The number of tasks T, at least 1.</param>
    /// <param name="learningRate">The learning rate of λ, above 0.</param>
    /// <param name="step">The length η of the trial step, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public AutoLambda(int tasks, double learningRate, double step)
        : base(tasks, WeightingArguments.In<AutoLambdaAttribute>(learningRate), Start) =>
            this.step = WeightingArguments.In<AutoLambdaAttribute>(step);

    /// <inheritdoc/>
    public override (double[] Lower, double[]? Upper) Weights(BilevelProblem problem)
    {
        var gradient = new double[Tasks];
        foreach (var row in HyperGradients.Of(problem, Learned.ToArray(), step))
        {
            Vectors.AddScaled(gradient, 1, row);
        }

        Descend(gradient);
        return (Learned.ToArray(), null);
    }
}
