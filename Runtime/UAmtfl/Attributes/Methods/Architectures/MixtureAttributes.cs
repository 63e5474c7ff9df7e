namespace UAmtfl.Methods;

/// <summary>Trains experts that all tasks share, and a gate for each task that mixes them (multi-gate mixture of experts, MMoE: Ma et
/// al. 2018, eq. 6 and 7): z_t = Σ_e g_te x_e with g_t = softmax(G_t x). With equal experts it is hard sharing; gates start at 0, so
/// that each task starts from the mean of the experts.</summary>
/// <param name="experts">The number E of experts, at least 1.</param>
/// <remarks>Experts are copies of the layers after the first mark <see cref="SplitAttribute"/>, or of the whole network without a mark.
/// Gates read the input x of the experts; of an image they read the mean of each channel.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MmoeAttribute(int experts) : Attribute
{
    /// <summary>The number E of experts, at least 1.</summary>
    [Number(1, 10_000)]
    public int Experts { get; } = experts;
}

/// <summary>Trains experts that all tasks share and experts of each task; the gate of a task mixes the shared ones with its own
/// (customised gate control, CGC: Tang et al. 2020, section 4.1). Without own experts it is <see cref="MmoeAttribute"/>.</summary>
/// <remarks>Experts are copies of the layers after the first mark <see cref="SplitAttribute"/>, or of the whole network without a
/// mark.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CgcAttribute : Attribute
{
    /// <summary>The number of experts of each task, at least 0.</summary>
    [Number(0, 1_000, Default = 1)]
    public int Own { get; init; } = 1;

    /// <summary>The number of experts that all tasks share, at least 1.</summary>
    [Number(1, 10_000, Default = 1)]
    public int Shared { get; init; } = 1;
}

/// <summary>Trains several levels of shared and own experts (progressive layered extraction, PLE: Tang et al. 2020, section 4.2). Each
/// level is a stretch between two marks <see cref="SplitAttribute"/>. Between levels there is a stream for each task and a shared one,
/// whose gate mixes all experts of its level. With one level it is <see cref="CgcAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PleAttribute : Attribute
{
    /// <summary>The number of experts of each task in each level, at least 0.</summary>
    [Number(0, 1_000, Default = 1)]
    public int Own { get; init; } = 1;

    /// <summary>The number of experts that all tasks share in each level, at least 1.</summary>
    [Number(1, 10_000, Default = 1)]
    public int Shared { get; init; } = 1;
}

/// <summary>Trains experts that all tasks share, of which each task selects a few by gates that can become exactly one-hot (DSelect-k:
/// Hazimeh et al. 2021): z_t = Σ_k softmax(α_t)_k Σ_e r_e(z_tk) x_e, where r is a binary code of smooth steps. L = Σ_t ℓ_t + λ Σ_t Σ_k
/// H(r(z_tk)), with the entropy H, whose mean over the samples of a batch is taken with <see cref="PerSample"/>.</summary>
/// <param name="experts">The number E of experts, at least 2.</param>
/// <remarks>Experts are copies of the layers after the first mark <see cref="SplitAttribute"/>, or of the whole network without a
/// mark.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DSelectKAttribute(int experts) : Attribute
{
    /// <summary>The number E of experts, at least 2.</summary>
    [Number(2, 10_000)]
    public int Experts { get; } = experts;

    /// <summary>The number k of experts that a task selects, at most E.</summary>
    [Number(1, 10_000, Default = 2)]
    public int K { get; init; } = 2;

    /// <summary>The width γ of the smooth step, above 0: codes within ±γ/2 are neither 0 nor 1.</summary>
    [Number(0, Above = true, Default = 1)]
    public double Gamma { get; init; } = 1;

    /// <summary>True for gates that read the input x of the experts, of an image the mean of each channel: z_tk = Z_tk x + c_tk and
    /// α_t = A_t x + a_t (per-example gating in the paper). False, the default, for gates that are the same for all samples (static
    /// gating).</summary>
    public bool PerSample { get; init; }

    /// <summary>The strength λ of the entropy, at least 0. It pushes each selector towards one expert; codes of no expert cost λ / Σ_e
    /// r_e in addition, if E is no power of two (eq. 9 of the paper).</summary>
    [Number(0, Default = 1e-3)]
    public double Entropy { get; init; } = 1e-3;
}
