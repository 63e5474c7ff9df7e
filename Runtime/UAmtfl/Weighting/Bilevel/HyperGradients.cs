using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>The derivatives of the upper losses after a trial step with respect to the weights of the lower losses. They are exact: the step
/// is linear in the weights, and so no second derivative is needed.</summary>
internal static class HyperGradients
{
    /// <summary>∂U_k(θ′)/∂λ_t = −η ⟨∇U_k(θ′), ∇L_t(θ)⟩ with θ′ = θ − η Σ_t λ_t ∇L_t(θ).</summary>
    /// <param name="problem">The two levels.</param>
    /// <param name="weights">λ [T].</param>
    /// <param name="rate">η.</param>
    /// <returns>T rows, one for each upper loss; zeros for a task without a label in the upper batch.</returns>
    /// <exception cref="NotFiniteException">A gradient is not finite.</exception>
    public static double[][] Of(BilevelProblem problem, double[] weights, double rate)
    {
        var products = problem.AfterStep(weights, rate);
        products.RequireFinite();
        var rows = new double[products.Count][];
        for (var k = 0; k < rows.Length; k++)
        {
            rows[k] = products.Row(k).ToArray();
            foreach (ref var value in rows[k].AsSpan())
            {
                value *= -rate;
            }
        }

        return rows;
    }

    /// <summary>From derivatives with respect to λ to those with respect to a, where λ = softmax(a): λ_t (r_t − Σ_s λ_s r_s).</summary>
    /// <param name="row">[T]</param>
    /// <param name="weights">λ [T], which sum to 1.</param>
    public static double[] ThroughSoftmax(double[] row, double[] weights)
    {
        var mean = Vectors.Dot(row, weights);
        return [.. row.Select((r, t) => weights[t] * (r - mean))];
    }
}
