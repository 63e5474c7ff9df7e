using UAmtfl.Data;
using UAmtfl.Evaluation;

namespace UAmtfl.Tests.Training;

/// <summary>The labels of <see cref="CountedLabels"/>, of which the validation set has none of the binary task.</summary>
public sealed class PartlyValidated : IDataset
{
    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var whole = new CountedLabels().Load(request);
        whole.Validation.Labels.narrow(1, 1, 1).fill_(float.NaN);
        return whole;
    }
}

[Experiment("watched", Seeds = 1), Dataset<CountedLabels>, Training(Epochs = 12, BatchSize = 6, EvaluateEvery = 1), Sgd(0.05)]
public static partial class Watched
{
    public enum Label
    {
        [Regression] Number,
        [Binary] Rare,
        [Classification(4)] Kind,
    }

    [Input(5), Linear(6), Tanh, Linear(4), Tanh] public partial class Net;
    [Baseline, LearnToBranch(SearchEpochs = 5), EarlyStopping(1, PerTask = true)] public partial class Chosen;
    [FullyAdaptive(EpochsBetweenSplits = 3), EarlyStopping(1)] public partial class Split;
    [HardSharing, EarlyStopping(2, Monitor = nameof(Label.Rare))] public partial class One;
    [HardSharing, EarlyStopping(2, PerTask = true)] public partial class Each;
}

/// <summary>Early stopping watches errors that there are, of networks that have their final structure.</summary>
public sealed class WatchedErrorsTests
{
    /// <summary>The tree of the first is decided after 5 epochs, and the second splits for the last time after 6.</summary>
    [Theory]
    [InlineData("Chosen", 5)]
    [InlineData("Split", 6)]
    public void ASearchEndsBeforeEpochsCount(string name, int settled) =>
        Assert.All(Run(name, new CountedLabels()).TestedEpochs!, epoch => Assert.InRange(epoch, settled + 1, 12));

    [Fact]
    public void ATaskWithoutAValidationLabelIsRefused() => Assert.Contains(
        "variant One cannot be trained: early stopping watches Rare, which has no label in the validation set; watch another task, or",
        Assert.Throws<UAmtflException>(() => Run("One", new PartlyValidated())).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ATaskThatCannotBeWatchedIsNamedIfEachIs()
    {
        Assert.Equal(
            "early stopping cannot watch Rare, which has no label in the validation set, and tests the last epoch there",
            Run("Each", new PartlyValidated()).Notice);
        Assert.Null(Run("Each", new CountedLabels()).Notice);
    }

    private static CellResult Run(string name, IDataset data)
    {
        var variant = Watched.Descriptor.Variants.Single(v => v.Name == name);
        return TestCell.Run(
            Watched.Descriptor with { Dataset = () => data }, variant, variant.Bind(TestSettings.Empty), variant.Plan, new(null, 1),
            _ => { }, default);
    }
}
