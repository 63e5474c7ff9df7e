using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Computes the proximal operator and the subgradients of strength · Σ ‖row‖_∞, a sum over the rows of a matrix. Both are
/// projections on an ℓ₁ ball or on its face, a simplex, because the dual norm is ‖·‖₁.</summary>
internal static class MaximumGroups
{
    /// <summary>Returns the proximal operator, which clips each row to [−θ, θ], so that its largest entries are exactly equal. By Moreau's
    /// identity it is row − P(row), with P the projection on the ℓ₁ ball of radius strength, which is the soft threshold at some
    /// θ.</summary>
    /// <param name="rows">The matrix [groups, members].</param>
    /// <param name="strength">The strength, at least 0.</param>
    /// <returns>A matrix [groups, members].</returns>
    public static Tensor Proximal(Tensor rows, double strength)
    {
        var threshold = Threshold(rows.abs(), strength).clamp_min(0);
        return rows.minimum(threshold).maximum(threshold.neg());
    }

    /// <summary>Returns the subgradient nearest to the target. The subgradients at a row are strength times the convex combinations of
    /// sign(w) e_i over the entries of largest magnitude; at a row of zeros they are the ℓ₁ ball of radius strength.</summary>
    /// <param name="rows">The matrix [groups, members].</param>
    /// <param name="target">The target [groups, members].</param>
    /// <param name="strength">The strength, at least 0.</param>
    /// <returns>A matrix [groups, members].</returns>
    public static Tensor NearestSubgradient(Tensor rows, Tensor target, double strength)
    {
        var top = rows.abs().amax([1], keepdim: true);
        var along = (target * rows.sign()).masked_fill(rows.abs() != top, double.NegativeInfinity);
        var face = (along - Threshold(along, strength)).relu() * rows.sign();
        var ball = (target.abs() - Threshold(target.abs(), strength).clamp_min(0)).relu() * target.sign();
        return where(top > 0, face, ball);
    }

    /// <summary>Returns the θ with Σ (x − θ)₊ = radius of each row (Duchi et al. 2008). With u the row in falling order it is the
    /// largest of (u₁ + … + u_k − radius) / k, because every k gives a lower bound of θ and one of them gives θ.</summary>
    /// <param name="rows">The matrix [groups, members]; −∞ for an entry that is left out.</param>
    /// <param name="radius">The radius of the ℓ₁ ball, at least 0.</param>
    /// <returns>The thresholds [groups, 1]; below 0 if the row of magnitudes is inside the ball already.</returns>
    private static Tensor Threshold(Tensor rows, double radius)
    {
        var sorted = rows.sort(1, descending: true).Values;
        var counts = arange(1, rows.shape[1] + 1, dtype: rows.dtype, device: rows.device);
        return ((sorted.cumsum(1) - radius) / counts).amax([1], keepdim: true);
    }
}
