using TorchSharp.Modules;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The gradients of the terms of T tasks in one forward pass of a network, which is cut between the trunk and the
/// heads.</summary>
public interface ITaskGradients
{
    /// <summary>The terms L [T] of the tasks, with their graph.</summary>
    Tensor Terms { get; }

    /// <summary>The value [] of the objective, Σ_t L_t plus the terms that get no weight, without a graph.</summary>
    Tensor Objective { get; }

    /// <summary>The parameters of the trunk that are trained.</summary>
    IReadOnlyList<Parameter> TrunkParameters { get; }

    /// <summary>The parameters of the heads that are trained.</summary>
    IReadOnlyList<Parameter> HeadParameters { get; }

    /// <summary>Returns G = JJᵀ, the inner products of the gradients of the tasks.</summary>
    /// <param name="site">The tensors with respect to which the gradients are taken.</param>
    /// <returns>The inner products [T, T], float64.</returns>
    /// <exception cref="UAmtflException">No tensor at the site takes a gradient.</exception>
    Tensor Gramian(GradientSite site);

    /// <summary>Returns J, the gradients of the tasks.</summary>
    /// <param name="site">The tensors with respect to which the gradients are taken.</param>
    /// <returns>The gradients [T, P], one row for each task.</returns>
    /// <exception cref="UAmtflException">No tensor at the site takes a gradient.</exception>
    Tensor Jacobian(GradientSite site);

    /// <summary>Accumulates the gradients of all parameters for weights of the tasks: Σ_t w_t ∂L_t in the trunk, the same or the
    /// unweighted ∂L_t in the heads and in other parameters of single tasks, and the gradients of the terms that get no weight.</summary>
    /// <param name="weights">The weights w [T], without a graph.</param>
    /// <param name="heads">The kind of gradients that the heads get.</param>
    void Backward(Tensor weights, HeadGradients heads);

    /// <summary>Accumulates the gradients of all parameters for a direction: the direction in the trunk, the unweighted ∂L_t in the heads,
    /// and the gradients of the terms that get no weight.</summary>
    /// <param name="direction">The direction [P], a combination of the rows of <see cref="Jacobian"/> at the same site.</param>
    /// <param name="site">The site of the direction, <see cref="GradientSite.Trunk"/> or
    /// <see cref="GradientSite.Representation"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The site is another one, from which no direction of the trunk follows.</exception>
    void Backward(Tensor direction, GradientSite site);

    /// <summary>Accumulates the gradients of Σ_t w_t L_t, without those of the terms that get no weight.</summary>
    /// <param name="weights">The weights w [T], without a graph.</param>
    /// <param name="heads">True if the heads get their gradients too; false if only the trunk does.</param>
    void BackwardTerms(Tensor weights, bool heads);

    /// <summary>Returns the gradient of Σ_t w_t L_t with respect to the trunk.</summary>
    /// <param name="weights">The weights w [T], without a graph.</param>
    /// <returns>One tensor for each of <see cref="TrunkParameters"/>, in its shape; null if the features do not depend on it.</returns>
    IReadOnlyList<Tensor?> ToTrunk(Tensor weights);

    /// <summary>Returns the gradient of Σ_t w_t L_t with respect to the heads. It can be called after parameters have changed, because the
    /// forward pass has kept what it needs.</summary>
    /// <param name="weights">The weights w [T], without a graph.</param>
    /// <returns>One tensor for each of <see cref="HeadParameters"/>, in its shape.</returns>
    IReadOnlyList<Tensor> ToHeads(Tensor weights);

    /// <summary>Returns ⟨∂L_t/∂h, ∂K_t/∂h⟩ for each task t, where h are the trained parameters of its own head. It can be called after
    /// parameters have changed.</summary>
    /// <param name="other">The gradients of the terms K of another pass of the same network.</param>
    /// <returns>The inner products [T], float64.</returns>
    /// <exception cref="ArgumentException">The other gradients are of another class than these.</exception>
    Tensor HeadProducts(ITaskGradients other);
}
