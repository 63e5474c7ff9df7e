using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>Rows [N, 6] with one label each, of the task that a row belongs to.</summary>
public sealed class MeasuredOnce : IPerTaskDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator(7);
        return new(Make(60), Make(20), Make(30), SharedTest: true);

        Samples Make(int rows)
        {
            using var scope = NewDisposeScope();
            var inputs = randn(rows, 6, generator: generator);
            return new(
                inputs.MoveToOuterDisposeScope(), inputs.sum([1L]).MoveToOuterDisposeScope(),
                arange(rows).remainder(3).MoveToOuterDisposeScope());
        }
    }
}

/// <summary>Every architecture on rows that belong to one task each.</summary>
[Experiment("rows-of-one-task", Seeds = 1)]
[Dataset<MeasuredOnce>]
[Training(Epochs = 2, BatchSize = 16, EvaluateEvery = 1), Adam(1e-2)]
public static partial class OneTaskRows
{
    [Regression]
    public enum Place { North, South, East }

    [Input(6), Linear(8), ReLU, Split, Linear(5), ReLU, Split, Linear(4), Tanh]
    public partial class Net;

    [Input(6), Linear(8), ReLU, Heads, Linear(4), Tanh]
    public partial class Headed;

    [Baseline, SingleTask, Network(nameof(Net))] public partial class Alone;
    [SoftSharing(0.1), Network(nameof(Net))] public partial class Soft;
    [CrossStitch, Network(nameof(Net))] public partial class Stitched;
    [Mmoe(2), Network(nameof(Net))] public partial class Mixed;
    [Cgc, Network(nameof(Net))] public partial class Customised;
    [Ple, Uncertainty, Network(nameof(Net))] public partial class Progressive;
    [DSelectK(3), PcGrad, Network(nameof(Net))] public partial class Selected;
    [DSelectK(3, PerSample = true), Network(nameof(Net))] public partial class SelectedSamples;
    [Adapters(2), Network(nameof(Net))] public partial class Adapted;
    [Mtan, Network(nameof(Net))] public partial class Attended;
    [Nddr, Network(nameof(Net))] public partial class Fused;
    [Sluice(Subspaces = 1), Network(nameof(Net))] public partial class Sliced;
    [LearnToBranch(SearchEpochs = 1), Network(nameof(Net))] public partial class Chosen;
    [HardSharing, Network(nameof(Headed))] public partial class WithHeads;
}

/// <summary>Architectures on data in which each row belongs to one task.</summary>
public sealed class RowsOfOneTaskTests
{
    public static TheoryData<string> Variants => [.. OneTaskRows.Descriptor.Variants.Select(v => v.Name)];

    /// <summary>The training lowers every task's error, and its result has the number of training rows of each task.</summary>
    [Theory, MemberData(nameof(Variants))]
    public void TrainEachTaskOnItsRows(string name)
    {
        var variant = OneTaskRows.Descriptor.Variants.Single(v => v.Name == name);
        var (two, longer) = (Train(2), Train(60));
        Assert.Equal([20.0, 20, 20], longer.TrainCounts);
        Assert.All(two.TaskErrors.Zip(longer.TaskErrors), e => Assert.True(e.Second < e.First, $"{e.First} then {e.Second}"));

        UAmtfl.Evaluation.CellResult Train(int epochs) => TestCell.Run(
            OneTaskRows.Descriptor, variant, variant.Bind(TestSettings.Empty), variant.Plan with { Epochs = epochs }, new(null, 1),
            _ => { }, CancellationToken.None);
    }
}
