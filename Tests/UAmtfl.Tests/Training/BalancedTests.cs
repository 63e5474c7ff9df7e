using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Losses;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>Labels whose balanced weights are powers of 2 and small integers, so that none is rounded: of 16 labels each, 4 are 1, and
/// the classes have 2, 4, 2 and 8.</summary>
public sealed class CountedLabels : IDataset
{
    private static readonly float[] Kinds = [0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3];

    /// <inheritdoc/>
    public Splits Load(DataRequest request) => new(Make(1), Make(2), Make(3), SharedTest: false);

    /// <summary>Makes 18 rows, of which the last two have no labels of the binary task and of the classification.</summary>
    private static Samples Make(ulong seed)
    {
        using var generator = new Generator(seed);
        float[] labels =
        [
            .. Enumerable.Range(0, 18).SelectMany(n => (float[])[n, n < 16 ? n % 4 / 3 : float.NaN, n < 16 ? Kinds[n] : float.NaN]),
        ];
        return new(randn(18, 5, generator: generator), tensor(labels, [18, 3]));
    }
}

/// <summary>The labels of <see cref="CountedLabels"/> with a row for each.</summary>
public sealed class CountedRows : IPerTaskDataset
{
    /// <inheritdoc/>
    public Splits Load(DataRequest request)
    {
        var whole = new CountedLabels().Load(request);
        return new(Rows(whole.Train), Rows(whole.Validation), Rows(whole.Test), SharedTest: false);
    }

    private static Samples Rows(Samples samples)
    {
        var rows = samples.Labels.isnan().logical_not().nonzero();
        return new(
            samples.Inputs.index_select(0, rows.select(1, 0)),
            samples.Labels.index_select(0, rows.select(1, 0)).gather(1, rows.narrow(1, 1, 1)).squeeze(1),
            rows.select(1, 1));
    }
}

[Experiment("weights-computed", Seeds = 1), Dataset<CountedLabels>, Training(Epochs = 2, BatchSize = 6), Sgd(0.05)]
public static partial class Computed
{
    public enum Label
    {
        [Regression] Number,
        [Binary(Balanced = true)] Rare,
        [Classification(4, Balanced = true, LabelSmoothing = 0.1)] Kind,
    }

    [Input(5), Linear(4), Tanh] public partial class Net;
    [Baseline, HardSharing] public partial class Sum;
    [HardSharing, PcGrad] public partial class Gradients;
    [Mmoe(2), Accumulate(2)] public partial class Parts;
}

[Experiment("weights-stated", Seeds = 1), Dataset<CountedLabels>, Training(Epochs = 2, BatchSize = 6), Sgd(0.05)]
public static partial class Stated
{
    public enum Label
    {
        [Regression] Number,
        [Binary(PositiveWeight = 3)] Rare,
        [Classification(4, ClassWeights = new[] { 2.0, 1, 2, 0.5 }, LabelSmoothing = 0.1)] Kind,
    }

    [Input(5), Linear(4), Tanh] public partial class Net;
    [Baseline, HardSharing] public partial class Sum;
    [HardSharing, PcGrad] public partial class Gradients;
    [Mmoe(2), Accumulate(2)] public partial class Parts;
}

[Experiment("weights-computed-rows", Seeds = 1), Dataset<CountedRows>, Training(Epochs = 2, BatchSize = 10), Sgd(0.05)]
public static partial class ComputedRows
{
    public enum Label
    {
        [Regression] Number,
        [Binary(Balanced = true)] Rare,
        [Classification(4, Balanced = true)] Kind,
    }

    [Input(5), Linear(4), Tanh] public partial class Net;
    [Baseline, HardSharing] public partial class Sum;
}

[Experiment("weights-stated-rows", Seeds = 1), Dataset<CountedRows>, Training(Epochs = 2, BatchSize = 10), Sgd(0.05)]
public static partial class StatedRows
{
    public enum Label
    {
        [Regression] Number,
        [Binary(PositiveWeight = 3)] Rare,
        [Classification(4, ClassWeights = new[] { 2.0, 1, 2, 0.5 })] Kind,
    }

    [Input(5), Linear(4), Tanh] public partial class Net;
    [Baseline, HardSharing] public partial class Sum;
}

/// <summary>Balanced weights are those that a declaration would state, computed from the labels of the training set.</summary>
public sealed class BalancedTests
{
    [Theory]
    [InlineData("Sum")]
    [InlineData("Gradients")]
    [InlineData("Parts")]
    public void TrainingIsThatOfTheSameWeightsStatedToTheBit(string variant) =>
        Assert.Equal(Run(Stated.Descriptor, variant), Run(Computed.Descriptor, variant));

    [Fact]
    public void RowsOfOneTaskAreCountedForTheirTask() =>
        Assert.Equal(Run(StatedRows.Descriptor, "Sum"), Run(ComputedRows.Descriptor, "Sum"));

    [Fact]
    public void ATaskWithOneLabelAndAClassWithNoneCountOnce()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(tensor(new float[] { 0, 1, 2, 0, 1, 2, 0, 1, 0 }, [3, 3]), [0, 1, 2]);
        var (ones, classes) = (full(3, 7.0, dtype: float64), full(10, 7.0, dtype: float64));
        BalancedWeights.Binary(ones, labels, first: 0, count: 2);
        Assert.Equal([1, 1, 7], ones.data<double>().ToArray());
        BalancedWeights.Classes(classes, labels, first: 1, count: 2, column: 2, classes: 3);
        Assert.Equal([7, 7, 1, 1, 1, 1.5, 1, 0.75, 7, 7], classes.data<double>().ToArray());
    }

    [Fact]
    public void ProbabilitiesCountAsSuch()
    {
        using var scope = NewDisposeScope();
        var labels = new Labels(tensor(new[] { 0.25, 0.75, 0.5 }, [3, 1]), tensor(new double[] { 1, 1, 0 }, [3, 1]))
        {
            Probabilities = tensor(new[] { 0.75, 0.25, 0, 0.25, 0.25, 0.5, 0, 0, 1 }, [3, 1, 3]),
        };
        var classes = ones(3, dtype: float64);
        BalancedWeights.Classes(classes, labels, first: 0, count: 1, column: 0, classes: 3);
        Assert.Equal([2 / 3.0, 2 / 1.5, 2 / 1.5], classes.data<double>().ToArray());
    }

    private static List<double[]> Run(ExperimentDescriptor experiment, string name)
    {
        var records = new List<EpochRecord>();
        var variant = experiment.Variants.Single(v => v.Name == name);
        var result = TestCell.Run(
            experiment, variant, variant.Bind(TestSettings.Empty), variant.Plan, new(null, 1), records.Add, default);
        return [.. records.Select(r => r.TaskLosses.ToArray()), [.. result.TaskErrors]];
    }
}
