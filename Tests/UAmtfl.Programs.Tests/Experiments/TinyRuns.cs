using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;

namespace UAmtfl.Tests.Experiments;

/// <summary>Trains variants of a study for one epoch on a data set of the test.</summary>
internal static class TinyRuns
{
    public static CellResult Run(ExperimentDescriptor experiment, string name, Func<IDataset> data)
    {
        var variant = experiment.Variants.Single(v => v.Name == name);
        return TestCell.Run(
            experiment with { Dataset = data },
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan with { Epochs = 1 },
            new(null, 1),
            _ => { },
            default);
    }
}
