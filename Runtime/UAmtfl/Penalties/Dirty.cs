namespace UAmtfl.Penalties;

/// <summary>Penalises W = P + Q by shared · Σ_i ‖p_i‖_∞ + own · ‖Q‖₁, so that P has features that all tasks use and Q features of single
/// tasks (Jalali et al. 2010, «a dirty model»). P is zero if own is below shared/T, and Q is zero if own is above shared.</summary>
/// <param name="shared">The weight λ_b of the penalty on P, at least 0.</param>
/// <param name="own">The weight λ_s of the penalty on Q, at least 0.</param>
/// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
public sealed class Dirty(double shared, double own)
    : StructuredPenalty([new GroupLasso(shared, GroupNorm.Infinity), new L1Penalty(own)]);
