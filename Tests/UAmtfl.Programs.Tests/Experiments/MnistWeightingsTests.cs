using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;

namespace UAmtfl.Tests.Experiments;

/// <summary>Every weighting trains LeNet on MNIST-Imbalanced.</summary>
public sealed class MnistWeightingsTests
{
    private static readonly Lazy<Splits> Few = new(() =>
    {
        var splits = new ImbalancedMnist().Load(new(null, 1));
        return new(
            TinyRuns.Kept(splits.Train, 100), TinyRuns.Kept(splits.Validation, 100), TinyRuns.Kept(splits.Test, 100), splits.SharedTest);
    });

    public static TheoryData<string> Variants => [.. MnistWeightings.Descriptor.Variants.Select(v => v.Name)];

    /// <summary>The learning rate is a quarter of the study's, because four steps of Adam at its rate overshoot.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void TrainsTwoEpochs(string name) => TinyRuns.AssertLearns(MnistWeightings.Descriptor, name, Few.Value, 5e-4, batchSize: 50);
}
