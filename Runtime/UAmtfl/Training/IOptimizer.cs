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
}
