namespace UAmtfl.Penalties;

/// <summary>W = P + Q with shared · Σ_i ‖p_i‖_∞ + own · ‖Q‖₁: features that all tasks use, and features of single tasks (Jalali et
/// al. 2010, «a dirty model»). Where own is below shared/T, P is zero; where it is above shared, Q is.</summary>
/// <param name="shared">λ_b, at least 0.</param>
/// <param name="own">λ_s, at least 0.</param>
/// <exception cref="UAmtflException">A strength is below 0 or not finite.</exception>
public sealed class Dirty(double shared, double own)
    : StructuredPenalty([new GroupLasso(shared, GroupNorm.Infinity), new L1Penalty(own)]);
