using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A gradient-based weighting that balances the gradients of functions of the task losses, such as log ℓ_t.</summary>
public interface ILossTransform
{
    /// <summary>Computes the terms whose gradients are balanced. Term t may depend only on ℓ_t.</summary>
    /// <param name="losses">The task losses [T], after the factors of a transfer; 0 for a task without a label in the batch.</param>
    /// <param name="present">A mask [T], 1 for a task with a label in the batch and 0 for one without; null if all tasks have one.</param>
    /// <returns>The terms [T], finite if the losses are; 0, without a gradient, for a task without a label.</returns>
    Tensor Transform(Tensor losses, Tensor? present);
}
