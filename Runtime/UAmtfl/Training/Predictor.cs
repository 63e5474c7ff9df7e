using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>What can be evaluated: a trained network or a fitted linear model.</summary>
public abstract class Predictor : IDisposable
{
    /// <summary>What can be computed of the inputs once for a whole data set, before any training: the patches of a first convolution.</summary>
    /// <param name="inputs">[N, …], as the data set gives them.</param>
    /// <returns>[N, …], what <see cref="Predict"/> takes; the inputs themselves where there is nothing to do.</returns>
    public virtual Tensor Prepare(Tensor inputs) => inputs;

    /// <summary>The raw outputs: logits and regression values.</summary>
    /// <param name="prepared">[N, …], from <see cref="Prepare"/>.</param>
    /// <returns>[N, M], M = Σ_t outputs of task t.</returns>
    public abstract Tensor Predict(Tensor prepared);

    /// <summary>The learnt transfer between tasks, |AS| of Lee et al. 2018 Fig. 6b: [T, T], from row to column; null where the
    /// sharing scheme has none. Called under no_grad.</summary>
    public virtual Tensor? Transfer() => null;

    /// <summary>Before and after an evaluation: whether training goes on.</summary>
    /// <param name="training">True if training goes on.</param>
    /// <returns>True if it went on before.</returns>
    internal virtual bool Mode(bool training) => false;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the predictor holds.</summary>
    /// <param name="disposing">True if it is disposed of, not finalised.</param>
    protected abstract void Dispose(bool disposing);
}
