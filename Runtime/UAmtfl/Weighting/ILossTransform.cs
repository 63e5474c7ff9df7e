using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A gradient-based weighting that balances the gradients of functions of the task losses, such as log ℓ_t.</summary>
public interface ILossTransform
{
    /// <summary>The terms whose gradients are balanced. Term t may depend on ℓ_t alone.</summary>
    /// <param name="losses">[T], the task losses, after the sharing scheme's factors; 0 for a task without a label in the batch.</param>
    /// <param name="present">[T], 1 for a task with a label in the batch and 0 for one without; null where all have one.</param>
    /// <returns>[T], finite wherever the losses are; 0, without a gradient, for a task without a label.</returns>
    Tensor Transform(Tensor losses, Tensor? present);
}
