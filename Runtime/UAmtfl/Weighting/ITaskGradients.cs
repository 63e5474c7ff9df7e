using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The gradients of the terms of T tasks in one forward pass of a network that is cut where the trunk ends and the heads
/// begin.</summary>
public interface ITaskGradients
{
    /// <summary>L [T], the terms of the tasks, with their graph.</summary>
    Tensor Terms { get; }

    /// <summary>Σ_t L_t and the terms that no weight applies to: [], without a graph.</summary>
    Tensor Objective { get; }

    /// <summary>The trained parameters of the trunk.</summary>
    IReadOnlyList<Parameter> TrunkParameters { get; }

    /// <summary>The trained parameters of the heads.</summary>
    IReadOnlyList<Parameter> HeadParameters { get; }

    /// <summary>G = JJᵀ, the inner products of the gradients of the tasks.</summary>
    /// <param name="site">What the gradients are taken with respect to.</param>
    /// <returns>[T, T], float64.</returns>
    /// <exception cref="UAmtflException">There is nothing at the site that gradients can be taken with respect to.</exception>
    Tensor Gramian(GradientSite site);

    /// <summary>J, the gradients of the tasks.</summary>
    /// <param name="site">What the gradients are taken with respect to.</param>
    /// <returns>[T, P]</returns>
    /// <exception cref="UAmtflException">There is nothing at the site that gradients can be taken with respect to.</exception>
    Tensor Jacobian(GradientSite site);

    /// <summary>Accumulates the gradients of all parameters: Σ_t w_t ∂L_t for the trunk; for the heads and what else the tasks have for
    /// themselves the same, or ∂L_t unweighted; and those of the terms that no weight applies to.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <param name="heads">Which gradients the heads get.</param>
    void Backward(Tensor weights, HeadGradients heads);

    /// <summary>Accumulates the gradients of all parameters: a direction for the trunk, ∂L_t unweighted for the heads, and those of the
    /// terms that no weight applies to.</summary>
    /// <param name="direction">[P], a combination of the rows of <see cref="Jacobian"/> at the same site.</param>
    /// <param name="site"><see cref="GradientSite.Trunk"/> or <see cref="GradientSite.Representation"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A direction at another site says nothing of the trunk.</exception>
    void Backward(Tensor direction, GradientSite site);

    /// <summary>Accumulates the gradients of Σ_t w_t L_t alone, without those of the terms that no weight applies to.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <param name="heads">True if the heads get their gradients too, false if the trunk alone does.</param>
    void BackwardTerms(Tensor weights, bool heads);

    /// <summary>The gradient of Σ_t w_t L_t with respect to the trunk.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <returns>One for each of <see cref="TrunkParameters"/>, in its shape; null if the features do not depend on it.</returns>
    IReadOnlyList<Tensor?> ToTrunk(Tensor weights);

    /// <summary>The gradient of Σ_t w_t L_t with respect to the heads. It can be asked for after parameters have changed, because the
    /// forward pass has what it needs.</summary>
    /// <param name="weights">w [T], without a graph.</param>
    /// <returns>One for each of <see cref="HeadParameters"/>, in its shape.</returns>
    IReadOnlyList<Tensor> ToHeads(Tensor weights);

    /// <summary>⟨∂L_t/∂h, ∂K_t/∂h⟩ where h are the trained parameters of the head of task t, which no other task has a part in. It can be
    /// asked for after parameters have changed.</summary>
    /// <param name="other">The gradients of the terms K of another pass of the same network.</param>
    /// <returns>[T], float64.</returns>
    /// <exception cref="ArgumentException">The other gradients are computed in another way.</exception>
    Tensor HeadProducts(ITaskGradients other);
}
