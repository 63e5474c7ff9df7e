namespace UAmtfl;

/// <summary>Applies max(x, slope · x) to each value.</summary>
/// <param name="slope">The slope for negative values, at least 0 and below 1.</param>
[global::System.AttributeUsage(global::System.AttributeTargets.Class, AllowMultiple = true)]
public sealed class LeakyReLUAttribute(double slope = 0.01) : global::System.Attribute
{
    /// <summary>The slope for negative values, at least 0 and below 1.</summary>
    [Number(0, 1, Below = true, Default = 0.01)]
    public double Slope { get; } = slope;
}
