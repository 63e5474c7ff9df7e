using TorchSharp.Modules;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>Computes the gradients of all tasks with respect to the parameters of the trunk from those with respect to the
/// features.</summary>
/// <param name="trunk">The modules with the parameters, in the order in which they compute.</param>
public abstract class TrunkBackward(IReadOnlyList<nn.Module> trunk)
{
    private IReadOnlyList<Parameter>? all, ofLastLayer;

    /// <summary>Returns the parameters that are trained, which have P numbers.</summary>
    /// <param name="lastLayerOnly">True for those of the last layer that has some.</param>
    public IReadOnlyList<Parameter> Parameters(bool lastLayerOnly) => lastLayerOnly
        ? ofLastLayer ??= LayerParameters.Of(trunk, lastLayerOnly: true)
        : all ??= LayerParameters.Of(trunk, lastLayerOnly: false);

    /// <summary>Returns the gradients J of the tasks with respect to the parameters.</summary>
    /// <param name="features">The tensors of the trunk that the heads read, with the graph of the trunk.</param>
    /// <param name="toFeatures">The gradients of the terms L_t with respect to each of them, [T, …].</param>
    /// <param name="lastLayerOnly">True for the parameters of the last layer that has some.</param>
    /// <returns>The gradients [T, P], one row for each task.</returns>
    public abstract Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly);

    /// <summary>Returns the inner products G = JJᵀ of the gradients of the tasks with respect to the parameters.</summary>
    /// <param name="features">The tensors of the trunk that the heads read, with the graph of the trunk.</param>
    /// <param name="toFeatures">The gradients of the terms L_t with respect to each of them, [T, …].</param>
    /// <param name="lastLayerOnly">True for the parameters of the last layer that has some.</param>
    /// <returns>The inner products [T, T], float64.</returns>
    public abstract Tensor Gramian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly);
}

/// <summary>Takes the gradients of all tasks through the trunk in one backward pass, for trunks that can propagate them
/// together.</summary>
/// <param name="trunk">The trunk.</param>
/// <param name="kept">The tensors that the forward pass of the trunk has kept.</param>
public sealed class BatchedBackward(ITaskBackward trunk, Tensor[] kept) : TrunkBackward([(nn.Module)trunk])
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

/// <summary>Takes the gradients of the tasks through the trunk in one backward pass for each task. It works for any trunk: with batch
/// normalisation, written by hand, or with heads that read several tensors.</summary>
/// <param name="trunk">The modules of the trunk whose parameters all tasks share, in the order in which they compute.</param>
public sealed class OneByOneBackward(params IReadOnlyList<nn.Module> trunk) : TrunkBackward(trunk)
{
    /// <inheritdoc/>
    public override Tensor Jacobian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly) =>
        OneByOne.Jacobian(features, toFeatures, Parameters(lastLayerOnly));

    /// <inheritdoc/>
    public override Tensor Gramian(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> toFeatures, bool lastLayerOnly) =>
        LayerGramian.Of(Jacobian(features, toFeatures, lastLayerOnly));
}
