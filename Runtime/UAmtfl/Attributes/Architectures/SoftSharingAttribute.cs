namespace UAmtfl;

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

/// <summary>The distances between the weights of the same layer in the networks of several tasks.</summary>
public enum SoftForm
{
    /// <summary>Ω = Σ_t ‖W_t − W̄‖², the squared distances to the mean of the tasks.</summary>
    ToMean,

    /// <summary>Ω = Σ_s Σ_t ‖W_s − W_t‖², which is 2T times the form <see cref="ToMean"/>.</summary>
    Pairwise,

    /// <summary>Ω = ‖[vec W_1, …, vec W_T]‖_*, the sum of singular values, which pulls towards weights in a common subspace (Yang and
    /// Hospedales 2017). The weights take its proximal step after each step of the optimiser.</summary>
    TraceNorm,
}
