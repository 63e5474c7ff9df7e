namespace UAmtfl.Methods;

/// <summary>Adds strength · ‖·‖₁ of the weights, not the biases, of a part of the network. By default its proximal operator is applied
/// after each step of the optimiser: weights shrink by learning rate · strength, and stay at exactly 0 once they reach it.</summary>
/// <param name="strength">The strength μ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class L1Attribute(double strength) : Attribute
{
    /// <summary>The strength μ, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The part of the network whose weights are penalised.</summary>
    public Part On { get; init; } = Part.All;

    /// <summary>True if the penalty's subgradient, μ sign(w) and 0 at 0, is added to the gradient instead of applying the proximal
    /// operator, as in the program of Lee et al. 2018. Weights then become small but hardly ever 0, because an adaptive optimiser
    /// scales the subgradient with the gradient.</summary>
    public bool Subgradient { get; init; }
}

/// <summary>Adds strength/2 · ‖·‖² of the weights and biases of a part of the network. It is applied as weight decay in the optimiser's
/// update, which has the same gradient. For heads W = P + Q it is a term of the objective, because decay of P and Q would be another
/// penalty.</summary>
/// <param name="strength">The strength λ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class L2Attribute(double strength) : Attribute
{
    /// <summary>The strength λ, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;

    /// <summary>The part of the network whose weights and biases are penalised.</summary>
    public Part On { get; init; } = Part.All;
}

/// <summary>Adds strength/N · ‖Z‖², the batch mean of the squared norm of the shared features. It is a control for
/// <see cref="AmtflAttribute"/>, because that method's reconstruction term becomes this penalty when nothing is transferred.</summary>
/// <param name="strength">The strength γ, at least 0.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FeatureNormAttribute(double strength) : Attribute
{
    /// <summary>The strength γ, at least 0.</summary>
    [Number(0)]
    public double Strength { get; } = strength;
}
