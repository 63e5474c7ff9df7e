namespace UAmtfl.Evaluation;

/// <summary>Reports how close to an optimum an iterative solver came.</summary>
/// <param name="Gap">The distance of the result from optimal, at least 0. It is 0 at a minimum, or at a stationary point if the objective
/// is not convex.</param>
/// <param name="Tolerance">The largest gap at which the solver counts as converged.</param>
/// <param name="Iterations">The number of iterations that the solver made.</param>
/// <param name="Unit">The solver's word for iterations, such as <c>rounds</c>.</param>
public sealed record Certificate(double Gap, double Tolerance, int Iterations, string Unit)
{
    /// <summary>True if the gap is within the tolerance.</summary>
    public bool Converged => Gap <= Tolerance;

    /// <summary>A message for the reader of the results if the solver did not converge; null if it did.</summary>
    public string? Problem => Converged
        ? null
        : FormattableString.Invariant(
            $"stopped after {Iterations} {Unit} with an optimality gap of {Gap:0.0e+0}, above the tolerance {Tolerance:0.0e+0}");
}
