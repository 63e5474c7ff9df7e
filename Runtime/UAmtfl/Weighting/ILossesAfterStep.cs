using static TorchSharp.torch;

namespace UAmtfl.Weighting;

/// <summary>A weighting that wants the losses of the same batch once more after the optimiser's step: the generated code then has a second
/// forward pass, and otherwise none.</summary>
public interface ILossesAfterStep : IWeighting
{
    /// <summary>Called after each step, under no_grad.</summary>
    /// <param name="losses">[T], the task losses of the step's batch under the new parameters.</param>
    void StepEnded(Tensor losses);
}
