namespace UAmtfl.Weighting;

/// <summary>A weighting that learns the weights λ of the training losses so that the losses of another batch, the upper level, get small.
/// The lower level is a step of gradient descent on Σ_t λ_t L_t. The trainer draws the second batch.</summary>
/// <param name="tasks">The number of tasks T, at least 1.</param>
public abstract class BilevelWeighting(int tasks) : GradientWeighting(tasks)
{
    /// <summary>Computes the weights of one step.</summary>
    /// <param name="problem">The two levels, whose members compute what the weighting asks for, each at its cost.</param>
    /// <returns>The weights λ [T] of the losses of the lower batch, and κ [T] of those of the upper batch; null for κ if only the lower
    /// batch is used for the step.</returns>
    public abstract (double[] Lower, double[]? Upper) Weights(BilevelProblem problem);

    /// <summary>Computes the weights of one step and checks them.</summary>
    /// <param name="problem">The two levels.</param>
    /// <exception cref="UAmtflException">The weights are not one finite number for each task.</exception>
    internal (double[] Lower, double[]? Upper) Balance(BilevelProblem problem)
    {
        var (lower, upper) = Weights(problem);
        RequireWeights(lower, Tasks);
        Measures.Add(lower);
        if (upper is not null)
        {
            RequireWeights(upper, Tasks);
        }

        return (lower, upper);
    }
}

/// <summary>The two levels of one step: the batch that is trained on (lower), and another batch that judges the step (upper).</summary>
public abstract class BilevelProblem
{
    /// <summary>Returns the losses L(θ) [T] of the lower batch with the current parameters.</summary>
    public abstract double[] LowerLosses();

    /// <summary>Returns the inner products ⟨∇L_s, ∇L_t⟩ of the lower batch, which takes T gradients.</summary>
    public abstract Gramian Lower();

    /// <summary>Returns the inner products ⟨∇U_s, ∇U_t⟩ of the upper batch, which takes T gradients.</summary>
    public abstract Gramian Upper();

    /// <summary>Returns the inner products ⟨∇U_k, ∇L_t⟩ with the current parameters, in row k and column t.</summary>
    public abstract Gramian Cross();

    /// <summary>Returns the inner products ⟨∇U_k(θ′), ∇L_t(θ)⟩ with θ′ = θ − η Σ_t λ_t ∇L_t(θ), in row k and column t. Times −η they are
    /// exactly ∂U_k(θ′)/∂λ_t, because θ′ is linear in λ.</summary>
    /// <param name="weights">The weights λ [T].</param>
    /// <param name="rate">The length η of the step, above 0.</param>
    public abstract Gramian AfterStep(double[] weights, double rate);

    /// <summary>Returns the losses [T] of the lower batch after steps of gradient descent on Σ_t λ_t L_t, and puts the parameters
    /// back.</summary>
    /// <param name="weights">The weights λ [T].</param>
    /// <param name="rate">The length η of a step, above 0.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    public abstract double[] LowerLossesAfter(double[] weights, double rate, int steps);
}
