namespace UAmtfl;

/// <summary>A part of the network.</summary>
[Flags]
public enum Part
{
    /// <summary>The shared layers, weights and biases.</summary>
    Trunk = 1,

    /// <summary>The task-specific output layer.</summary>
    Heads = 2,

    /// <summary>Both.</summary>
    All = Trunk | Heads,
}

/// <summary>strength · ‖·‖₁ of the weights, not the biases, of a part of the network. By default it is applied as its proximal
/// operator after each step of the optimiser: weights shrink by learning rate · strength, and stay at exactly 0 where they reach it.</summary>
/// <param name="strength">μ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class L1Attribute(double strength) : Attribute
{
    /// <summary>μ.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The part.</summary>
    public Part On { get; init; } = Part.All;

    /// <summary>True if its subgradient, μ sign(w) and 0 at 0, is added to the gradient instead, as in the program of Lee et al. 2018.
    /// An adaptive optimiser then scales it with the gradient, and weights are small but hardly ever 0.</summary>
    public bool Subgradient { get; init; }
}

/// <summary>strength/2 · ‖·‖² of the weights and biases of a part of the network. It is applied as weight decay in the
/// optimiser's update, which is the same gradient; of heads W = P + Q it is a term of the objective, because decay of P and Q would be another penalty.</summary>
/// <param name="strength">λ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class L2Attribute(double strength) : Attribute
{
    /// <summary>λ.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The part.</summary>
    public Part On { get; init; } = Part.All;
}

/// <summary>strength/N · ‖Z‖²: the batch mean of the squared norm of the shared features. It is what the reconstruction term of
/// <see cref="AmtflAttribute"/> becomes when nothing is transferred, and so that method's control.</summary>
/// <param name="strength">γ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FeatureNormAttribute(double strength) : Attribute
{
    /// <summary>γ.</summary>
    [Number(0)]
    public double Strength { get; } = strength;
}
