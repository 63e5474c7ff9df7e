using static TorchSharp.torch;

namespace UAmtfl.Penalties;

/// <summary>A convex penalty that is differentiable everywhere and whose proximal operator is a linear map.</summary>
public abstract class SmoothPenalty : ProximalPenalty
{
    /// <summary>Returns the gradient ∇Ω(W).</summary>
    /// <param name="weights">The weights Wᵀ [T, d].</param>
    /// <returns>A new tensor [T, d].</returns>
    public abstract Tensor Gradient(Tensor weights);

    /// <summary>Returns the gradient, because a smooth penalty has no other subgradient.</summary>
    /// <inheritdoc/>
    public sealed override Tensor NearestSubgradient(Tensor weights, Tensor target) => Gradient(weights);
}
