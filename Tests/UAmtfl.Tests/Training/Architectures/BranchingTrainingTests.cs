using UAmtfl.Data;
using UAmtfl.Evaluation;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Two pairs of tasks: the tasks of a pair have the same label, which is wrong on the same rows.</summary>
public sealed class TwoPairs : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator(11);
        return new(Make(200), Make(40), Make(60), SharedTest: true);

        Samples Make(int rows)
        {
            using var scope = NewDisposeScope();
            var inputs = randn(rows, 6, generator: generator);
            var (first, second) = (Labels(0, 0), Labels(1, 1));
            return new(inputs.MoveToOuterDisposeScope(), stack([first, first, second, second], 1).MoveToOuterDisposeScope());

            Tensor Labels(int feature, int wrong)
            {
                var label = inputs.select(1, feature).gt(0);
                var row = arange(rows).remainder(6).div(2, RoundingMode.floor).eq(wrong);
                return label.logical_xor(row).to(float32);
            }
        }
    }
}

/// <summary>Networks that branch, on tasks of which two pairs belong together.</summary>
[Experiment("two-pairs", Seeds = 1)]
[Dataset<TwoPairs>]
[Training(Epochs = 10, BatchSize = 20, EvaluateEvery = 5), Adam(1e-2)]
public static partial class PairedTasks
{
    [Binary]
    public enum Pair { FirstA, FirstB, SecondA, SecondB }

    [Input(6), Split, Linear(12), ReLU, Split, Linear(8), ReLU]
    public partial class Net;

    [Baseline, HardSharing] public partial class Shared;
    [FullyAdaptive(Alpha = 1, UnitCost = 0.1, EpochsBetweenSplits = 3)] public partial class Adaptive;
    [FullyAdaptive(Alpha = 0, EpochsBetweenSplits = 3)] public partial class NeverSplit;
    [LearnToBranch(SearchEpochs = 4)] public partial class Chosen;
}

/// <summary>The trees that trainings find.</summary>
public sealed class BranchingTrainingTests
{
    /// <summary>Tasks that find the same rows difficult keep a branch, and others part: first in the last stretch, then in the one
    /// before.</summary>
    [Fact]
    public void TasksThatAgreeKeepABranch()
    {
        var traces = Train("Adaptive").Traces;
        Assert.All(traces["branch of stretch 2"].Take(3), of => Assert.Equal([1, 1, 1, 1], of));
        Assert.All(traces["branch of stretch 2"].Skip(3), of => Assert.Equal([1, 1, 2, 2], of));
        Assert.All(traces["branch of stretch 1"].Take(6), of => Assert.Equal([1, 1, 1, 1], of));
        Assert.All(traces["branch of stretch 1"].Skip(6), of => Assert.Equal([1, 1, 2, 2], of));
    }

    [Fact]
    public void WithoutAPriceNothingIsSplit() =>
        Assert.All(Train("NeverSplit").Traces["branch of stretch 2"], of => Assert.Equal([1, 1, 1, 1], of));

    /// <summary>Each task passes through one branch of each stretch, and the tree is the same from the epoch on in which it is
    /// decided.</summary>
    [Fact]
    public void AChosenTreeStays()
    {
        var traces = Train("Chosen").Traces;
        foreach (var stretch in new[] { "branch of stretch 1", "branch of stretch 2" })
        {
            Assert.Equal(10, traces[stretch].Length);
            Assert.Equal(1, traces[stretch][4][0]);
            Assert.All(traces[stretch].Skip(5), of => Assert.Equal(traces[stretch][4], of));
        }
    }

    [Theory]
    [InlineData("Adaptive", "its first split is after 3 epochs, but the training has 3; train longer, or lower EpochsBetweenSplits")]
    [InlineData("Chosen", "its tree is decided after 4 epochs, but the training has 3; train longer, or lower SearchEpochs")]
    public void ATrainingThatIsTooShortIsRefused(string variant, string why) => Assert.Equal(
        $"variant {variant} cannot be trained: {why}", Assert.Throws<UAmtflException>(() => Train(variant, epochs: 3)).Message);

    private static CellResult Train(string name, int epochs = 10)
    {
        var variant = PairedTasks.Descriptor.Variants.Single(v => v.Name == name);
        return TestCell.Run(
            PairedTasks.Descriptor, variant, variant.Bind(TestSettings.Empty), variant.Plan with { Epochs = epochs }, new(null, 1),
            _ => { }, CancellationToken.None);
    }
}
