using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>strength · Σ ‖row‖₂.</summary>
internal static class EuclideanGroups
{
    /// <summary>Below any norm that matters, and above 0 in float32 too: 0 divided by it is 0.</summary>
    private const double Tiny = 1e-30;

    /// <summary>(1 − strength / ‖row‖)₊ · row.</summary>
    /// <param name="rows">[groups, members]</param>
    /// <param name="strength">At least 0.</param>
    /// <returns>[groups, members]</returns>
    public static Tensor Proximal(Tensor rows, double strength) => rows * (1 - (strength / Norms(rows))).clamp_min(0);

    /// <summary>strength · row / ‖row‖; at a row of zeros the target, projected on the ball of that radius.</summary>
    /// <param name="rows">[groups, members]</param>
    /// <param name="target">[groups, members]</param>
    /// <param name="strength">At least 0.</param>
    /// <returns>[groups, members]</returns>
    public static Tensor NearestSubgradient(Tensor rows, Tensor target, double strength) => where(
        (rows != 0).any(1, keepdim: true),
        rows * (strength / Norms(rows)),
        target * (strength / Norms(target)).clamp_max(1));

    private static Tensor Norms(Tensor rows) => linalg.vector_norm(rows, 2, [1], keepdim: true).clamp_min(Tiny);
}
