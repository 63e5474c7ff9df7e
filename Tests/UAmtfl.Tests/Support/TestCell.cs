using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Models;
using UAmtfl.Training;

namespace UAmtfl.Tests.Support;

/// <summary>Loads the data of one cell and trains it in this process, as a worker does, after the variant that it starts from.</summary>
internal static class TestCell
{
    public static CellResult Run(
        ExperimentDescriptor experiment, VariantDescriptor variant, BoundVariant bound, TrainingPlan plan, DataRequest request,
        Action<EpochRecord> epochEnded, CancellationToken cancellation)
    {
        using var scope = torch.NewDisposeScope();
        var data = CellData.Load(experiment, request, torch.CPU, new DataTerms { Variants = [variant] });
        return CellRunner.Run(experiment, variant, bound, plan, data, epochEnded, cancellation, start: Start());

        StartingWeights? Start()
        {
            if (variant.Start?.Variant is not { } name)
            {
                return null;
            }

            var parent = experiment.Variants.Single(v => v.Name == name);
            var own = parent.Plan with { Epochs = plan.Epochs };
            var model = Run(experiment, parent, parent.Bind(TestSettings.Empty), own, request, _ => { }, cancellation).Model!;
            return new(name, Safetensors.Read(new MemoryStream(model.Tensors)).Tensors);
        }
    }
}
