using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>Reads the inputs of predictions from files of its own kind, such as photographs. A data set that implements it lets the verb
/// <c>predict</c> take these files besides tables and arrays.</summary>
public interface IPredictionFiles
{
    /// <summary>Reads inputs.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <returns>The inputs [N, …], raw as those of <see cref="IDataset.Load"/>, in the current dispose scope; null if the path is of
    /// another kind.</returns>
    /// <exception cref="DataException">The files cannot be read.</exception>
    PredictionInputs? Read(string path);
}

/// <summary>The inputs of predictions.</summary>
/// <param name="Values">The inputs [N, …], float32.</param>
/// <param name="Ids">The name of each row, [N], which the predictions are written with.</param>
public sealed record PredictionInputs(Tensor Values, IReadOnlyList<string> Ids);
