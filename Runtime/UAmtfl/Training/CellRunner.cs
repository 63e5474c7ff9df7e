using TorchSharp;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;

namespace UAmtfl.Training;

/// <summary>Trains one variant with one seed and tests it.</summary>
public static class CellRunner
{
    /// <summary>Loads the data, trains, tests. Synchronous: libtorch's scopes belong to the calling thread.</summary>
    public static CellResult Run(
        ExperimentDescriptor experiment,
        VariantDescriptor variant,
        BoundVariant bound,
        TrainingPlan plan,
        int seed,
        torch.Device device,
        string? dataFolder,
        Action<EpochRecord> epochEnded,
        CancellationToken cancellation) => throw new NotSupportedException();
}
