using UAmtfl.Onnx;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>A model that predicts all tasks: a network or linear models.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>Computes what does not depend on parameters, such as the patches of a first convolution. This is done once for a whole
    /// data set, before any training.</summary>
    /// <param name="inputs">The inputs [N, …] of the data set.</param>
    /// <returns>The input [N, …] of <see cref="Predict"/>; the inputs themselves if there is nothing to compute.</returns>
    Tensor Prepare(Tensor inputs);

    /// <summary>Predicts the logits of binary tasks and of classes, and the values of regressions.</summary>
    /// <param name="prepared">The inputs [N, …], from <see cref="Prepare"/>.</param>
    /// <returns>The outputs [N, M], with M the number of outputs of all tasks.</returns>
    Tensor Predict(Tensor prepared);

    /// <summary>Adds to the graph of an exported model what <see cref="Prepare"/> and <see cref="Predict"/> compute, as the model is
    /// evaluated: without dropout, and with the running statistics of batch normalisation.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The name of the inputs [N, …].</param>
    /// <param name="tasks">The tasks in the order of the outputs.</param>
    /// <returns>The name of the outputs [N, M].</returns>
    /// <exception cref="UAmtflException">The model has a hand-written module.</exception>
    string Export(OnnxGraph graph, string inputs, TaskSet tasks);

    /// <summary>Returns the learnt transfer between tasks [T, T], from the row's task to the column's (|AS| of Lee et al. 2018, fig. 6b);
    /// null for a model that learns none.</summary>
    Tensor? LearntTransfer();
}
