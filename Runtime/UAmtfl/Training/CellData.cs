using UAmtfl.Data;
using UAmtfl.Hosting;
using static TorchSharp.torch;

namespace UAmtfl.Training;

/// <summary>The data of a cell: loaded, checked, with labels in the order of the network's tasks.</summary>
/// <param name="Train">What is fitted.</param>
/// <param name="Validation">What may be looked at to choose.</param>
/// <param name="Test">What the report is about.</param>
/// <param name="Counts">[T], how many training labels each task has.</param>
/// <param name="SharedTest">Whether every seed has the same test rows.</param>
/// <param name="Seed">The seed of the draw.</param>
public sealed record CellData(
    (Tensor Inputs, Labels Labels) Train, (Tensor Inputs, Labels Labels) Validation, (Tensor Inputs, Labels Labels) Test, Tensor Counts, bool SharedTest, int Seed)
{
    /// <summary>Loads and checks. The tensors belong to the current dispose scope.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="request">Where the data is, and the seed of its draw.</param>
    /// <param name="device">Where to.</param>
    /// <exception cref="DataException">The data cannot be read, or does not fit the tasks.</exception>
    public static CellData Load(ExperimentDescriptor experiment, DataRequest request, Device device)
    {
        var (dataset, tasks) = (experiment.Dataset(), experiment.Tasks);
        var splits = dataset.Load(request);
        SampleChecks.RequireShape(splits, dataset);
        SampleChecks.RequireDisjoint(splits);
        var train = SampleChecks.Load(splits.Train, "training", tasks, device);
        return new(
            train,
            SampleChecks.Load(splits.Validation, "validation", tasks, device),
            SampleChecks.Load(splits.Test, "test", tasks, device),
            SampleChecks.Counts(train.Labels, tasks),
            splits.SharedTest,
            request.Seed);
    }
}
