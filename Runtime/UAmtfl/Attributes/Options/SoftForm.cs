namespace UAmtfl;

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
