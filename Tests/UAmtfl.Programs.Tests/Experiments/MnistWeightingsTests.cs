using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Training;

namespace UAmtfl.Tests.Experiments;

/// <summary>Every weighting trains LeNet on MNIST-Imbalanced.</summary>
public sealed class MnistWeightingsTests
{
    private static readonly Lazy<Splits> Few = new(() =>
    {
        var splits = new ImbalancedMnist().Load(new(null, 1));
        return new(Kept(splits.Train, 300), Kept(splits.Validation, 100), Kept(splits.Test, 100), splits.SharedTest);
    });

    public static TheoryData<string> Variants => [.. MnistWeightings.Descriptor.Variants.Select(v => v.Name)];

    private static ExperimentDescriptor Experiment => MnistWeightings.Descriptor with { Dataset = () => new Loaded() };

    /// <summary>In two epochs the sum of the tasks' losses falls, and all numbers are finite. The learning rate is a quarter of the
    /// study's, because six steps of Adam at its rate overshoot.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void TrainsTwoEpochs(string name)
    {
        var variant = Experiment.Variants.First(v => v.Name == name);
        var records = new List<EpochRecord>();
        var result = TestCell.Run(
            Experiment,
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan with { Epochs = 2, LearningRate = 5e-4 },
            new(null, 1),
            records.Add,
            default);
        Assert.All(
            result.TaskErrors.Concat(result.TaskLosses).Concat(records.SelectMany(r => r.TaskLosses)),
            v => Assert.True(double.IsFinite(v)));
        Assert.True(
            records[1].TaskLosses.Sum() < records[0].TaskLosses.Sum(), $"{records[0].TaskLosses.Sum()} -> {records[1].TaskLosses.Sum()}");
    }

    /// <summary>Copies the first rows out of all dispose scopes, because all tests share them.</summary>
    private static Samples Kept(Samples samples, long rows) =>
        new(
            samples.Inputs.narrow(0, 0, rows).clone().DetachFromDisposeScope(),
            samples.Labels.narrow(0, 0, rows).clone().DetachFromDisposeScope());

    /// <summary>The data set, with few rows to evaluate on.</summary>
    private sealed class Loaded : IDataset
    {
        public Splits Load(DataRequest request) => Few.Value;
    }
}
