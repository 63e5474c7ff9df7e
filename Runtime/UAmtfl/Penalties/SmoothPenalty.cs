using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>A convex penalty with a gradient everywhere; its proximal operator is a linear map.</summary>
public abstract class SmoothPenalty : ProximalPenalty
{
    /// <summary>∇Ω(W).</summary>
    /// <param name="weights">Wᵀ [T, d].</param>
    /// <returns>[T, d], new.</returns>
    public abstract Tensor Gradient(Tensor weights);

    /// <summary>The gradient, the only subgradient there is.</summary>
    /// <inheritdoc/>
    public sealed override Tensor NearestSubgradient(Tensor weights, Tensor target) => Gradient(weights);
}
