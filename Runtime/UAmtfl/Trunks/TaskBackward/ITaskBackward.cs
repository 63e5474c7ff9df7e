using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>A trunk that can propagate the gradients of all tasks in one backward pass. Reverse-mode differentiation takes one pass for
/// each task; here each layer multiplies [T·N, O] rows at once, and a <see cref="LayerGradients"/> takes the gradients of its
/// parameters.</summary>
public interface ITaskBackward
{
    /// <summary>Computes the features Z with the same numbers and the same random draws as the trunk's other <c>Features</c>, so that an
    /// ordinary backward pass from them is possible too.</summary>
    /// <param name="prepared">The inputs [N, …], from <c>Prepare</c>.</param>
    /// <param name="kept">The tensors that <see cref="Backward"/> needs for each layer, without a graph.</param>
    /// <returns>The features Z [N, k].</returns>
    Tensor Features(Tensor prepared, out Tensor[] kept);

    /// <summary>Computes the gradients of the parameters of each layer, the last layer first.</summary>
    /// <param name="kept">The tensors from <see cref="Features"/>.</param>
    /// <param name="gradients">The gradients [T, N, k] of each task's loss with respect to Z, which stay as they are.</param>
    /// <param name="sink">Takes the gradients of the parameters.</param>
    void Backward(Tensor[] kept, Tensor gradients, LayerGradients sink);
}
