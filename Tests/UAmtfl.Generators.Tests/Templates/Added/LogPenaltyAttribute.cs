namespace UAmtfl.Methods;

/// <summary>Adds λ Σ log(1 + w²) over the heads' weights to the objective, which hardly shrinks large weights.</summary>
/// <param name="strength">The strength λ, at least 0.</param>
[global::System.AttributeUsage(global::System.AttributeTargets.Class)]
public sealed class LogPenaltyAttribute(double strength) : global::System.Attribute
{
    /// <summary>The strength λ, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;
}
