using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Computes the proximal operator and the subgradients of strength · Σ ‖row‖₂, a sum over the rows of a matrix.</summary>
internal static class EuclideanGroups
{
    /// <summary>A number that replaces a norm of 0, so that 0 divided by it is 0. It is below any norm that matters and above 0 in
    /// float32.</summary>
    private const double Tiny = 1e-30;

    /// <summary>Returns the proximal operator, (1 − strength / ‖row‖)₊ · row.</summary>
    /// <param name="rows">The matrix [groups, members].</param>
    /// <param name="strength">The strength, at least 0.</param>
    /// <returns>A matrix [groups, members].</returns>
    public static Tensor Proximal(Tensor rows, double strength) => rows * (1 - (strength / Norms(rows))).clamp_min(0);

    /// <summary>Returns the subgradient nearest to the target: strength · row / ‖row‖, or at a row of zeros the target projected on the
    /// ball of radius strength.</summary>
    /// <param name="rows">The matrix [groups, members].</param>
    /// <param name="target">The target [groups, members].</param>
    /// <param name="strength">The strength, at least 0.</param>
    /// <returns>A matrix [groups, members].</returns>
    public static Tensor NearestSubgradient(Tensor rows, Tensor target, double strength) => where(
        (rows != 0).any(1, keepdim: true),
        rows * (strength / Norms(rows)),
        target * (strength / Norms(target)).clamp_max(1));

    private static Tensor Norms(Tensor rows) => linalg.vector_norm(rows, 2, [1], keepdim: true).clamp_min(Tiny);
}
