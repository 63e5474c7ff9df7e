namespace UAmtfl.Evaluation;

/// <summary>How far an iterative solver got: what it says for its result.</summary>
/// <param name="Gap">How far the result is from optimal, at least 0; 0 at a minimum, or for an objective that is not convex at a stationary point.</param>
/// <param name="Tolerance">The gap that was asked for.</param>
/// <param name="Iterations">How many iterations were made.</param>
/// <param name="Unit">What the solver calls an iteration, in the plural: <c>rounds</c>.</param>
public sealed record Certificate(double Gap, double Tolerance, int Iterations, string Unit)
{
    /// <summary>True if the gap is within the tolerance.</summary>
    public bool Converged => Gap <= Tolerance;

    /// <summary>What a reader of the results is told where it did not converge; null where it did.</summary>
    public string? Problem => Converged ? null : FormattableString.Invariant($"stopped after {Iterations} {Unit} with an optimality gap of {Gap:0.0e+0}, above the tolerance {Tolerance:0.0e+0}");
}
