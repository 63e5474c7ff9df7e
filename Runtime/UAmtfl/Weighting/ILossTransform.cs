using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A gradient-based strategy that balances the gradients of functions of the task losses, such as log ℓ_t.</summary>
public interface ILossTransform
{
    /// <summary>The terms whose gradients are balanced. Term t may depend on ℓ_t alone.</summary>
    /// <param name="losses">[T], the task losses, after the sharing scheme's factors; 0 for a task without a label in the batch.</param>
    /// <returns>[T], finite wherever the losses are.</returns>
    Tensor Transform(Tensor losses);
}
