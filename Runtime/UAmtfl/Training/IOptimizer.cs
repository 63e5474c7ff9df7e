using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>Steps the parameters of a variant. One that is not trained (<c>requires_grad = false</c>) keeps
/// its bits, without a step and without decay.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>What does the arithmetic, for the record of a run.</summary>
    string Description { get; }

    /// <summary>Sets all gradients to zero, or to none, which counts as zero.</summary>
    void ZeroGradients();

    /// <summary>Makes one step along the gradients, which may not be there afterwards.</summary>
    /// <param name="learningRate">The network's learning rate; each group scales it.</param>
    void Step(double learningRate);

    /// <summary>What the learning rate is multiplied by because the validation error has stopped falling; 1 if the schedule does not
    /// depend on it.</summary>
    double PlateauFactor => 1;

    /// <summary>Counts an epoch for <see cref="PlateauFactor"/>.</summary>
    /// <param name="epoch">The number of the epoch, 1, 2, …</param>
    /// <param name="validationError">The validation error; null if it was not measured.</param>
    void EpochEnded(int epoch, double? validationError)
    {
    }

    /// <summary>Returns the tensors that the optimiser keeps from step to step, which may be read and overwritten between two
    /// steps.</summary>
    /// <returns>The parameter, what is kept of it, and the values: for each of the moving mean of its gradients (<c>mean</c>) and, for
    /// Adam, that of their squares (<c>square</c>) in the shape of the parameter, and the number of steps (<c>steps</c>).</returns>
    IEnumerable<(Tensor Parameter, string Name, Tensor Value)> Moments();
}
