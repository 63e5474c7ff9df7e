namespace UAmtfl.Methods;

/// <summary>Trains with asymmetric multi-task feature learning (Lee, Yang and Hwang 2018, eq. 6 and 7), which rebuilds the shared
/// features Z from the outputs O through a feedback matrix A. Reliable tasks shape the features most, because the price of a task's
/// entries in A is proportional to its loss. L = Σ_t (1 + α‖a_t‖₁)(ℓ_t + δ_t) + γ/N ‖relu(OA + b_A) − Z‖², with δ_t = Floor / √(N_t /
/// mean N).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AmtflAttribute : Attribute
{
    /// <summary>The price α of a task's outgoing transfer in units of its loss, at least 0.</summary>
    [Number(0, Default = 0.1)]
    public double Alpha { get; init; } = 0.1;

    /// <summary>The weight γ of the reconstruction of the features, at least 0.</summary>
    [Number(0, Default = 0.01)]
    public double Gamma { get; init; } = 0.01;

    /// <summary>The numerator of δ_t = Floor / √(N_t / mean N), at least 0, which keeps a price on the transfer of tasks whose loss is
    /// 0.</summary>
    [Number(0, Default = 0.001)]
    public double Floor { get; init; } = 0.001;

    /// <summary>True if the reconstruction has the bias b_A, as in the authors' program; eq. 6 prints none.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>True if the features are rebuilt without the ReLU, for a trunk that ends without one (section 4.1's synthetic
    /// data).</summary>
    public bool Linear { get; init; }

    /// <summary>The fraction of the epochs over which α and γ grow linearly from 0, in [0, 1]; with 0, the default, they are constant.
    /// A ramp can help because the random features of the first steps are not worth rebuilding.</summary>
    [Number(0, 1, Default = 0)]
    public double Ramp { get; init; }
}
