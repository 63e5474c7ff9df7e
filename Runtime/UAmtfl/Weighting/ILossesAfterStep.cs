using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that needs the losses of the same batch once more after the optimiser's step, for which the generated code makes a
/// second forward pass.</summary>
public interface ILossesAfterStep : IWeighting
{
    /// <summary>Takes the losses after a step. It is called after each step, under no_grad.</summary>
    /// <param name="losses">The task losses [T] of the step's batch with the new parameters.</param>
    void StepEnded(Tensor losses);
}
