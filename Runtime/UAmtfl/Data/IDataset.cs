using static TorchSharp.torch;

namespace UAmtfl.Data;

/// <summary>A data set that an experiment can name with <see cref="DatasetAttribute{T}"/>.</summary>
public interface IDataset
{
    /// <summary>Loads the data set whole.</summary>
    /// <param name="request">Where from, and which draw.</param>
    /// <exception cref="DataException">A file is missing or damaged.</exception>
    Splits Load(DataRequest request);
}

/// <summary>What a run asks of a data set.</summary>
/// <param name="Folder">The folder given with <c>--data</c>, or null for the data that ships with the experiment.</param>
/// <param name="Seed">The seed of the run; the same seed must give the same splits.</param>
public sealed record DataRequest(string? Folder, int Seed);

/// <summary>Samples held in memory.</summary>
/// <param name="Inputs">[N, …], float32.</param>
/// <param name="Labels">[N, T], float32, one column a task in the order of the task enum; NaN where a label is missing;
/// class indices 0, 1, … for classification tasks.</param>
public sealed record Samples(Tensor Inputs, Tensor Labels) : IDisposable
{
    /// <summary>N.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }
}

/// <summary>A data set, split.</summary>
/// <param name="Train">What is fitted.</param>
/// <param name="Validation">What may be looked at while training, to choose.</param>
/// <param name="Test">What the report is about.</param>
/// <param name="SharedTest">Whether every seed has the same test rows, in the same order: the report then resamples them once for all seeds.</param>
public sealed record Splits(Samples Train, Samples Validation, Samples Test, bool SharedTest) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
    }
}
