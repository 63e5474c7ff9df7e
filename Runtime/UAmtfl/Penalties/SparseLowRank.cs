namespace UAmtfl.Penalties;

/// <summary>W = P + Q with lowRank · ‖P‖_* + sparse · ‖Q‖₁: a shared subspace, and single weights outside of it (Chen, Liu and Ye
/// 2010, in the form with two penalties instead of a penalty and a constraint).</summary>
/// <param name="lowRank">At least 0.</param>
/// <param name="sparse">At least 0.</param>
/// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
public sealed class SparseLowRank(double lowRank, double sparse)
    : StructuredPenalty([new TraceNorm(lowRank), new L1Penalty(sparse)]);
