using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Training;

namespace UAmtfl.Tests.Support;

/// <summary>Loads the data of one cell and trains it in this process, as a worker does.</summary>
internal static class TestCell
{
    public static CellResult Run(
        ExperimentDescriptor experiment, VariantDescriptor variant, BoundVariant bound, TrainingPlan plan, DataRequest request,
        Action<EpochRecord> epochEnded, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var data = CellData.Load(experiment, request, torch.CPU, new DataTerms { Variants = [variant] });
        return CellRunner.Run(experiment, variant, bound, plan, data, epochEnded, cancellation);
    }
}
