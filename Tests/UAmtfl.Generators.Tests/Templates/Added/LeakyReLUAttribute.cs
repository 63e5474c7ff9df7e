namespace UAmtfl;

/// <summary>max(x, slope · x), value by value.</summary>
/// <param name="slope">The slope below 0, in [0, 1).</param>
[global::System.AttributeUsage(global::System.AttributeTargets.Class, AllowMultiple = true)]
public sealed class LeakyReLUAttribute(double slope = 0.01) : global::System.Attribute
{
    /// <summary>The slope below 0.</summary>
    [Number(0, 1, Below = true, Default = 0.01)]
    public double Slope { get; } = slope;
}
