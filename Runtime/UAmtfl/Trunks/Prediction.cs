using UAmtfl.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Trunks;

/// <summary>Predicts any number of rows, batch by batch.</summary>
public static class Prediction
{
    private const int BatchSize = 100;

    /// <summary>Predicts as a model is evaluated: without dropout, with the running statistics of batch normalisation, and without a
    /// graph.</summary>
    /// <param name="model">The model. A network in training mode is in that mode again afterwards.</param>
    /// <param name="inputs">The inputs [N, …].</param>
    /// <returns>The outputs [N, M].</returns>
    public static Tensor Of(IPredictor model, Tensor inputs)
    {
        Threads.Enter();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var network = model as nn.Module;
        var training = network?.training ?? false;
        network?.train(false);
        var parts = new List<Tensor>();
        foreach (var rows in Batches(inputs))
        {
            using var batch = NewDisposeScope();
            parts.Add(model.Predict(model.Prepare(rows)).MoveToOuterDisposeScope());
        }

        network?.train(training);
        return cat(parts).MoveToOuterDisposeScope();
    }

    /// <summary>Cuts inputs into the batches that models are evaluated by. A row's outputs can differ in the last digits with the number
    /// of rows beside it.</summary>
    /// <param name="inputs">[N, …]</param>
    /// <returns>Views of at most 100 rows.</returns>
    internal static IEnumerable<Tensor> Batches(Tensor inputs)
    {
        for (var start = 0L; start < inputs.shape[0]; start += BatchSize)
        {
            yield return inputs.narrow(0, start, Math.Min(BatchSize, inputs.shape[0] - start));
        }
    }
}
