using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Training;

namespace UAmtfl.Tests.Experiments;

/// <summary>Trains variants of a study for one epoch or two on a data set of the test.</summary>
internal static class TinyRuns
{
    public static CellResult Run(ExperimentDescriptor experiment, string name, Func<IDataset> data) =>
        Run(experiment with { Dataset = data }, name, plan => plan with { Epochs = 1 }, _ => { });

    /// <summary>In two epochs the sum of the tasks' losses falls, and all numbers are finite.</summary>
    /// <param name="experiment">The study.</param>
    /// <param name="name">The variant.</param>
    /// <param name="splits">The rows; they belong to the caller.</param>
    /// <param name="rate">The learning rate, which few steps do not overshoot.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="batchSize">The number of rows in a batch; 0 for that of the study.</param>
    public static void AssertLearns(
        ExperimentDescriptor experiment, string name, Splits splits, double rate, int epochs = 2, int batchSize = 0)
    {
        var records = new List<EpochRecord>();
        var result = Run(
            experiment with { Dataset = () => new Loaded(splits) },
            name,
            plan => plan with { Epochs = epochs, LearningRate = rate, BatchSize = batchSize > 0 ? batchSize : plan.BatchSize },
            records.Add);
        Assert.All(
            result.TaskErrors.Concat(result.TaskLosses).Concat(records.SelectMany(r => r.TaskLosses)),
            v => Assert.True(double.IsFinite(v)));
        Assert.True(
            records[^1].TaskLosses.Sum() < records[0].TaskLosses.Sum(),
            $"{records[0].TaskLosses.Sum()} -> {records[^1].TaskLosses.Sum()}");
    }

    /// <summary>Copies the first rows out of all dispose scopes, because all tests share them.</summary>
    public static Samples Kept(Samples samples, long rows) =>
        new(
            samples.Inputs.narrow(0, 0, rows).clone().DetachFromDisposeScope(),
            samples.Labels.narrow(0, 0, rows).clone().DetachFromDisposeScope());

    private static CellResult Run(
        ExperimentDescriptor experiment, string name, Func<TrainingPlan, TrainingPlan> plan, Action<EpochRecord> ended)
    {
        var variant = experiment.Variants.Single(v => v.Name == name);
        return TestCell.Run(experiment, variant, variant.Bind(TestSettings.Empty), plan(variant.Plan), new(null, 1), ended, default);
    }

    /// <summary>Rows that are loaded already.</summary>
    private sealed class Loaded(Splits splits) : IDataset
    {
        public Splits Load(DataRequest request) => splits;
    }
}
