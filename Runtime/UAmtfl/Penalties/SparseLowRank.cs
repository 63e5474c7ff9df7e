namespace UAmtfl.Penalties;

/// <summary>Penalises W = P + Q by lowRank · ‖P‖_* + sparse · ‖Q‖₁, so that tasks share a subspace and have single weights outside of it
/// (Chen, Liu and Ye 2010, in the form with two penalties instead of a penalty and a constraint).</summary>
/// <param name="lowRank">The weight of ‖P‖_*, at least 0.</param>
/// <param name="sparse">The weight of ‖Q‖₁, at least 0.</param>
/// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
public sealed class SparseLowRank(double lowRank, double sparse)
    : StructuredPenalty([new TraceNorm(lowRank), new L1Penalty(sparse)]);
