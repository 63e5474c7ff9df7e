using static TorchSharp.torch;

namespace UAmtfl.Trunks.TaskBackward;

/// <summary>A trunk that goes backwards through its layers once with the gradients of all tasks. Reverse-mode differentiation takes one
/// backward pass a task; here each layer multiplies [T·N, O] rows at once, and what becomes of the gradients of its parameters is up
/// to a <see cref="LayerGradients"/>.</summary>
public interface ITaskBackward
{
    /// <summary>Z as the trunk's other <c>Features</c> computes it, number for number and with the same random draws: an ordinary backward
    /// pass from it is possible as ever.</summary>
    /// <param name="prepared">[N, …], what <c>Prepare</c> gives.</param>
    /// <param name="kept">What <see cref="Backward"/> needs of each layer, without a graph.</param>
    /// <returns>Z [N, k]</returns>
    Tensor Features(Tensor prepared, out Tensor[] kept);

    /// <summary>Gives the gradients of each layer's parameters, last layer first.</summary>
    /// <param name="kept">From <see cref="Features"/>.</param>
    /// <param name="gradients">[T, N, k], the gradient of each task's loss with respect to Z; it stays as it is.</param>
    /// <param name="sink">Takes them.</param>
    void Backward(Tensor[] kept, Tensor gradients, LayerGradients sink);
}
