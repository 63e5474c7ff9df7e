using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>A model that predicts all tasks: a network or linear models.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>Computes of the inputs what does not depend on parameters, such as the patches of a first convolution.
    /// It is done once for a whole data set, before any training.</summary>
    /// <param name="inputs">[N, …], as the data set gives them.</param>
    /// <returns>[N, …], what <see cref="Predict"/> takes; the inputs themselves where there is nothing to do.</returns>
    Tensor Prepare(Tensor inputs);

    /// <summary>Predicts: logits of binary tasks and of classes, values of regressions.</summary>
    /// <param name="prepared">[N, …], from <see cref="Prepare"/>.</param>
    /// <returns>[N, M], M = Σ_t outputs of task t.</returns>
    Tensor Predict(Tensor prepared);

    /// <summary>Returns the learnt transfer between tasks, |AS| of Lee et al. 2018 Fig. 6b: [T, T], from row to column;
    /// null for a model that learns none.</summary>
    Tensor? LearntTransfer();
}
