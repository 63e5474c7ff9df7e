using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>Penalises W by strength · ‖W‖_*, the sum of its singular values, so that tasks share a subspace (Ji and Ye 2009). Its proximal
/// operator is the soft threshold of the singular values (Cai, Candès and Shen 2010).</summary>
/// <param name="strength">The weight of the penalty, at least 0.</param>
/// <exception cref="UAmtflException">The strength is below 0 or not finite.</exception>
public sealed class TraceNorm(double strength) : ProximalPenalty
{
    /// <summary>The weight of the penalty, at least 0.</summary>
    public double Strength { get; } = NotNegative(strength, "strength");

    /// <inheritdoc/>
    public override Tensor Value(Tensor weights) => Penalty.TraceNorm(weights, Strength);

    /// <inheritdoc/>
    public override Tensor Proximal(Tensor weights, double step)
    {
        using var scope = NewDisposeScope();
        var (u, s, vh) = linalg.svd(weights, fullMatrices: false);
        return (u * (s - (step * Strength)).clamp_min(0)).matmul(vh).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the subgradient nearest to the target, strength · (U Vᵀ + M) with M in the complements of U and V and of
    /// spectral norm at most 1 (Watson 1992). Singular values at the level of rounding count as 0.</summary>
    /// <inheritdoc/>
    public override Tensor NearestSubgradient(Tensor weights, Tensor target)
    {
        using var scope = NewDisposeScope();
        var (u, s, vh) = linalg.svd(weights, fullMatrices: false);
        var rounding = finfo(weights.dtype).eps * weights.shape.Max();
        var kept = (s > s.max() * rounding).to(weights.dtype);
        var (left, right) = (u * kept, vh * kept.unsqueeze(1));

        var rest = target - left.matmul(left.t().matmul(target));
        rest -= rest.matmul(right.t()).matmul(right);
        var (p, sizes, qh) = linalg.svd(rest, fullMatrices: false);
        return ((left.matmul(right) * Strength) + (p * sizes.clamp_max(Strength)).matmul(qh)).MoveToOuterDisposeScope();
    }
}
