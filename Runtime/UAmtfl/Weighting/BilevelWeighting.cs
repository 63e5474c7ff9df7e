namespace UAmtfl.Weighting;

/// <summary>A weighting that learns the weights λ of the training losses so that the losses of another batch, the upper level, get small:
/// the lower level is a step of gradient descent on Σ_t λ_t L_t. The trainer draws the second batch.</summary>
/// <param name="tasks">T.</param>
public abstract class BilevelWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>The weights of one step.</summary>
    /// <param name="problem">What can be asked of the two levels; each question has its cost.</param>
    /// <returns>λ [T] of the losses of the lower batch, and κ [T] of those of the upper batch,
    /// or null where only the lower batch steps.</returns>
    public abstract (double[] Lower, double[]? Upper) Weights(BilevelProblem problem);

    /// <summary>The weights of one step, checked.</summary>
    /// <param name="problem">What can be asked of the two levels.</param>
    /// <exception cref="UAmtflException">They are not one finite number a task.</exception>
    internal (double[] Lower, double[]? Upper) Balance(BilevelProblem problem)
    {
        var (lower, upper) = Weights(problem);
        RequireWeights(lower, Tasks);
        if (upper is not null)
        {
            RequireWeights(upper, Tasks);
        }

        return (lower, upper);
    }
}

/// <summary>The two levels of one step: the batch that is trained on, and another that judges.</summary>
public abstract class BilevelProblem
{
    /// <summary>L(θ) [T], of the lower batch under the current parameters.</summary>
    public abstract double[] LowerLosses();

    /// <summary>⟨∇L_s, ∇L_t⟩ of the lower batch. T gradients.</summary>
    public abstract Gramian Lower();

    /// <summary>⟨∇U_s, ∇U_t⟩ of the upper batch. T gradients.</summary>
    public abstract Gramian Upper();

    /// <summary>Row k: ⟨∇U_k, ∇L_t⟩, both under the current parameters.</summary>
    public abstract Gramian Cross();

    /// <summary>Row k: ⟨∇U_k(θ′), ∇L_t(θ)⟩ with θ′ = θ − η Σ_t λ_t ∇L_t(θ). Since θ′ is linear in
    /// λ, ∂U_k(θ′)/∂λ_t = −η times it, exactly.</summary>
    /// <param name="weights">λ [T].</param>
    /// <param name="rate">η, above 0.</param>
    public abstract Gramian AfterStep(double[] weights, double rate);

    /// <summary>L [T] of the lower batch after steps of gradient descent on Σ_t λ_t L_t; the parameters are put back.</summary>
    /// <param name="weights">λ [T].</param>
    /// <param name="rate">η, above 0.</param>
    /// <param name="steps">How many, at least 1.</param>
    public abstract double[] LowerLossesAfter(double[] weights, double rate, int steps);
}
