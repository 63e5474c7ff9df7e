using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>strength · Σ ‖row‖_∞. The dual norm is ‖·‖₁, so everything is a projection on an ℓ₁ ball or on its face, a simplex.</summary>
internal static class MaximumGroups
{
    /// <summary>By Moreau's identity row − P(row), with P the projection on the ℓ₁ ball of radius strength. That projection is the
    /// soft threshold at some θ, so the difference is the row clipped to [−θ, θ]: the ties are exact.</summary>
    /// <param name="rows">[groups, members]</param>
    /// <param name="strength">At least 0.</param>
    /// <returns>[groups, members]</returns>
    public static Tensor Proximal(Tensor rows, double strength)
    {
        var threshold = Threshold(rows.abs(), strength).clamp_min(0);
        return rows.minimum(threshold).maximum(threshold.neg());
    }

    /// <summary>The subgradients at a row are strength times the convex combinations of sign(w) e_i over the entries of largest
    /// magnitude; at a row of zeros, the ℓ₁ ball.</summary>
    /// <param name="rows">[groups, members]</param>
    /// <param name="target">[groups, members]</param>
    /// <param name="strength">At least 0.</param>
    /// <returns>[groups, members]</returns>
    public static Tensor NearestSubgradient(Tensor rows, Tensor target, double strength)
    {
        var top = rows.abs().amax([1], keepdim: true);
        var along = (target * rows.sign()).masked_fill(rows.abs() != top, double.NegativeInfinity);
        var face = (along - Threshold(along, strength)).relu() * rows.sign();
        var ball = (target.abs() - Threshold(target.abs(), strength).clamp_min(0)).relu() * target.sign();
        return where(top > 0, face, ball);
    }

    /// <summary>The θ with Σ (x − θ)₊ = radius over a row, by sorting (Duchi et al. 2008): with u the row in falling order, the
    /// largest of (u₁ + … + u_k − radius) / k, because every k gives a lower bound and the right one gives θ.</summary>
    /// <param name="rows">[groups, members]; −∞ where an entry does not take part.</param>
    /// <param name="radius">At least 0.</param>
    /// <returns>[groups, 1]; below 0 where the row of magnitudes is inside the ball already.</returns>
    private static Tensor Threshold(Tensor rows, double radius)
    {
        var sorted = rows.sort(1, descending: true).Values;
        var counts = arange(1, rows.shape[1] + 1, dtype: rows.dtype, device: rows.device);
        return ((sorted.cumsum(1) - radius) / counts).amax([1], keepdim: true);
    }
}
