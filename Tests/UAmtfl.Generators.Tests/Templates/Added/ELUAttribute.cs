namespace UAmtfl.Layers;

/// <summary>Applies x to each positive value and alpha · (exp(x) − 1) to each other one.</summary>
/// <param name="alpha">The limit for values far below 0, with the sign changed, above 0.</param>
[global::System.AttributeUsage(global::System.AttributeTargets.Class, AllowMultiple = true)]
public sealed class ELUAttribute(double alpha = 1) : global::System.Attribute
{
    /// <summary>The limit for values far below 0, with the sign changed, above 0.</summary>
    [Number(0, Above = true, Default = 1)]
    public double Alpha { get; } = alpha;
}
