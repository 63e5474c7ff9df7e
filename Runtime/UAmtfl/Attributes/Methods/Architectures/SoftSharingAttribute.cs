namespace UAmtfl.Methods;

/// <summary>Trains a network for each task and pulls the weights of the same layer towards each other (Duong et al. 2015; Ruder 2017,
/// section 4.2). L = Σ_t ℓ_t + ρ Σ_l Ω(W_1^l, …, W_T^l). With ρ = 0 it is single-task learning, to the bit.</summary>
/// <param name="rho">The strength ρ, at least 0.</param>
/// <remarks>Biases, scales and heads are left free. Needs layers that are declared: a hand-written network has no weights side by
/// side.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SoftSharingAttribute(double rho) : Attribute
{
    /// <summary>The strength ρ, at least 0.</summary>
    [Number(0)]
    public double Rho { get; } = rho;

    /// <summary>The distance Ω between the weights of tasks.</summary>
    public SoftForm Form { get; init; }
}
