using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The parameters of the trunk that task gradients are taken with respect to, and how they are computed.</summary>
public abstract class TrunkSite
{
    /// <summary>The parameters, P numbers.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>J.</summary>
    /// <param name="features">Z [N, k], with its graph.</param>
    /// <param name="toFeatures">∂L_t/∂Z: [T, N, k].</param>
    /// <returns>[T, P]</returns>
    public abstract Tensor Jacobian(Tensor features, Tensor toFeatures);

    /// <summary>G = JJᵀ.</summary>
    /// <param name="features">Z [N, k], with its graph.</param>
    /// <param name="toFeatures">∂L_t/∂Z: [T, N, k].</param>
    /// <returns>[T, T], float64.</returns>
    public abstract Tensor Gramian(Tensor features, Tensor toFeatures);
}

/// <summary>One backward pass for all tasks.</summary>
/// <param name="trunk">The trunk.</param>
/// <param name="kept">What its forward pass has kept.</param>
/// <param name="lastLayerOnly">True if the parameters are those of the last layer that has some.</param>
public sealed class BatchedSite(ITaskBackward trunk, Tensor[] kept, bool lastLayerOnly = false) : TrunkSite
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = LayerParameters.Of((nn.Module)trunk, lastLayerOnly);

    /// <inheritdoc/>
    public override Tensor Jacobian(Tensor features, Tensor toFeatures)
    {
        using var frozen = no_grad();
        var jacobian = new LayerJacobian((int)toFeatures.shape[0], Parameters, lastLayerOnly);
        trunk.Backward(kept, toFeatures, jacobian);
        return jacobian.Value;
    }

    /// <inheritdoc/>
    public override Tensor Gramian(Tensor features, Tensor toFeatures)
    {
        using var frozen = no_grad();
        var gramian = new LayerGramian((int)toFeatures.shape[0], toFeatures.device, lastLayerOnly);
        trunk.Backward(kept, toFeatures, gramian);
        return gramian.Value;
    }
}

/// <summary>One backward pass a task, for trunks that have no batched one: batch normalisation, modules written by hand.</summary>
/// <param name="trunk">The trunk.</param>
/// <param name="lastLayerOnly">True if the parameters are those of the last layer that has some.</param>
public sealed class OneByOneSite(nn.Module trunk, bool lastLayerOnly = false) : TrunkSite
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } = LayerParameters.Of(trunk, lastLayerOnly);

    /// <inheritdoc/>
    public override Tensor Jacobian(Tensor features, Tensor toFeatures) => OneByOne.Jacobian(features, toFeatures, Parameters);

    /// <inheritdoc/>
    public override Tensor Gramian(Tensor features, Tensor toFeatures) => LayerGramian.Of(Jacobian(features, toFeatures));
}
