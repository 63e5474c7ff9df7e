using TorchSharp.Modules;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>The way of the gradients of all tasks from the features back to the parameters of the trunk.</summary>
/// <param name="trunk">The trunk, whose trained parameters the gradients are taken with respect to.</param>
public abstract class TrunkBackward(nn.Module trunk)
{
    private IReadOnlyList<Parameter>? all, ofLastLayer;

    /// <summary>The trained parameters, P numbers.</summary>
    /// <param name="lastLayerOnly">True for those of the last layer that has some.</param>
    public IReadOnlyList<Parameter> Parameters(bool lastLayerOnly) => lastLayerOnly
        ? ofLastLayer ??= LayerParameters.Of(trunk, lastLayerOnly: true)
        : all ??= LayerParameters.Of(trunk, lastLayerOnly: false);

    /// <summary>J.</summary>
    /// <param name="features">The tensors of the trunk that the heads read, with its graph.</param>
    /// <param name="toFeatures">∂L_t with respect to each of them: [T, …].</param>
    /// <param name="lastLayerOnly">True for the parameters of the last layer that has some.</param>
    /// <returns>[T, P]</returns>
    public abstract Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly);

    /// <summary>G = JJᵀ.</summary>
    /// <param name="features">The tensors of the trunk that the heads read, with its graph.</param>
    /// <param name="toFeatures">∂L_t with respect to each of them: [T, …].</param>
    /// <param name="lastLayerOnly">True for the parameters of the last layer that has some.</param>
    /// <returns>[T, T], float64.</returns>
    public abstract Tensor Gramian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly);
}

/// <summary>One backward pass for all tasks, of a trunk that can propagate their gradients together.</summary>
/// <param name="trunk">The trunk.</param>
/// <param name="kept">What its forward pass has kept.</param>
public sealed class BatchedBackward(ITaskBackward trunk, Tensor[] kept) : TrunkBackward((nn.Module)trunk)
{
    private readonly ITaskBackward layers = trunk;

    /// <inheritdoc/>
    public override Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly)
    {
        using var frozen = no_grad();
        var last = Last(toFeatures);
        var jacobian = new LayerJacobian((int)last.shape[0], Parameters(lastLayerOnly), lastLayerOnly);
        layers.Backward(kept, last, jacobian);
        return jacobian.Value;
    }

    /// <inheritdoc/>
    public override Tensor Gramian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly)
    {
        using var frozen = no_grad();
        var last = Last(toFeatures);
        var gramian = new LayerGramian((int)last.shape[0], last.device, lastLayerOnly);
        layers.Backward(kept, last, gramian);
        return gramian.Value;
    }

    private static Tensor Last(IReadOnlyList<Tensor> toFeatures) => toFeatures is [var last] ? last
        : throw new ArgumentException(
            $"a batched backward pass begins at the last layer alone, not at {toFeatures.Count} tensors: use OneByOneBackward",
            nameof(toFeatures));
}

/// <summary>One backward pass for each task, of any trunk: those with batch normalisation, those written by hand, and those whose heads
/// read several tensors.</summary>
/// <param name="trunk">The trunk.</param>
public sealed class OneByOneBackward(nn.Module trunk) : TrunkBackward(trunk)
{
    /// <inheritdoc/>
    public override Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly) =>
        OneByOne.Jacobian(features, toFeatures, Parameters(lastLayerOnly));

    /// <inheritdoc/>
    public override Tensor Gramian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly) =>
        LayerGramian.Of(Jacobian(features, toFeatures, lastLayerOnly));
}
