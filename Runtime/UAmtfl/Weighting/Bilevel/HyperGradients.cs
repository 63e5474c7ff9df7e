using UAmtfl.Numerics;

namespace UAmtfl.Weighting.Bilevel;

/// <summary>Computes the derivatives of the upper losses after a trial step with respect to the weights of the lower losses. They are
/// exact and need no second derivatives, because the step is linear in the weights.</summary>
internal static class HyperGradients
{
    /// <summary>Returns ∂U_k(θ′)/∂λ_t = −η ⟨∇U_k(θ′), ∇L_t(θ)⟩ with θ′ = θ − η Σ_t λ_t ∇L_t(θ).</summary>
    /// <param name="problem">The two levels.</param>
    /// <param name="weights">The weights λ [T].</param>
    /// <param name="rate">The length η of the trial step.</param>
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

    /// <summary>Converts derivatives r with respect to λ into derivatives with respect to a, where λ = softmax(a): λ_t (r_t − Σ_s λ_s
    /// r_s).</summary>
    /// <param name="row">The derivatives r [T].</param>
    /// <param name="weights">The weights λ [T], which sum to 1.</param>
    public static double[] ThroughSoftmax(double[] row, double[] weights)
    {
        var mean = Vectors.Dot(row, weights);
        return [.. row.Select((r, t) => weights[t] * (r - mean))];
    }
}
