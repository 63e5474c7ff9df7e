namespace UAmtfl.Methods;

/// <summary>Trains with asymmetric multi-task learning on the last layer of a network, which rebuilds each head w_t from the other
/// heads (Lee et al. 2016; eq. 4 and 5 of Lee et al. 2018). L = Σ_t (1 + α‖b_t‖₁)(ℓ_t + δ_t) + γ‖W − WB‖², diag(B) = 0; b_t is row t of
/// B.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DeepAmtlAttribute : Attribute
{
    /// <summary>The price α of a task's outgoing transfer in units of its loss, at least 0.</summary>
    [Number(0, Default = 0.1)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>The weight γ of the reconstruction of the heads, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Gamma { get; init; } = 0.01;

    /// <summary>The numerator of δ_t = Floor / √(N_t / mean N), at least 0, which keeps a price on the transfer of tasks whose loss is
    /// 0.</summary>
    [Number(0, Default = 0.001)]
    public double Floor { get; init; } = 0.001;

    /// <summary>True if B is kept at or above 0 after each step (Lee et al. 2016).</summary>
    public bool NonNegative { get; init; } = true;

    /// <summary>True if the tasks' weights on the inputs are rebuilt, γ‖LS − LSB‖², which needs a network of a single linear layer L
    /// (eq. 5 of Lee et al. 2018, the naive combination with shared bases). False if the heads are rebuilt, whatever the layers.</summary>
    public bool OnInputs { get; init; }

    /// <summary>The fraction of the epochs over which α and γ grow linearly from 0, in [0, 1]; with 0, the default, they are constant.
    /// A ramp can help because the random heads of the first steps are not worth rebuilding.</summary>
    [Number(0, 1, Default = 0)]
    public double Ramp { get; init; }
}
