namespace UAmtfl;

/// <summary>strength · Σ log(1 + w²) of the heads' weights, which hardly shrinks large ones.</summary>
/// <param name="strength">λ, at least 0.</param>
[global::System.AttributeUsage(global::System.AttributeTargets.Class)]
public sealed class LogPenaltyAttribute(double strength) : global::System.Attribute
{
    /// <summary>λ.</summary>
    [Number(0)]
    public double Strength { get; } = strength;
}
