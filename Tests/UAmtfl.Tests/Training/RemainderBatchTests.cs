using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A data set of rows of five numbers, with as many training rows as an option states.</summary>
public sealed class FewRows : IDataset
{
    public IReadOnlyList<string> Options => ["Rows"];

    public Splits Load(DataRequest request)
    {
        using var generator = new Generator(3);
        return new(Make(request.Integer("Rows", 61, 1, 1000), generator), Make(20, generator), Make(20, generator), SharedTest: true);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var inputs = randn(rows, 5, generator: generator);
        var labels = stack([inputs.sum(1), inputs.select(1, 0), inputs.select(1, 1).gt(0).to(float32)], 1);
        return new(inputs.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
}

/// <summary>Variants with batch normalisation in every kind of training, and one variant without it.</summary>
[Experiment("remainder", Seeds = 1)]
[Dataset<FewRows>]
[Training(Epochs = 2, BatchSize = 20), Adam(1e-2)]
public static partial class Remainder
{
    public enum Task { [Regression] Sum, [Regression] First, [Binary] Second }

    [Input(5), Linear(8), BatchNorm, ReLU]
    public partial class Net;

    [Input(5), Linear(8), ReLU]
    public partial class Plain;

    [Baseline, HardSharing, Network(nameof(Net))]
    public partial class Mtl;

    [SingleTask, Network(nameof(Net))]
    public partial class Stl;

    [Amtfl, Uncertainty, Network(nameof(Net))]
    public partial class Asymmetric;

    [HardSharing, PcGrad, Network(nameof(Net))]
    public partial class Surgery;

    [HardSharing, Mgda(Site = GradientSite.Representation), Network(nameof(Net))]
    public partial class Mgda;

    [HardSharing, Network(nameof(Plain))]
    public partial class WithoutNorm;
}

public class RemainderBatchTests
{
    public static TheoryData<string, int, int> Remainders
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var variant in Remainder.Descriptor.Variants)
            {
                data.Add(variant.Name, 61, 20);
                data.Add(variant.Name, 21, 20);
                data.Add(variant.Name, 2, 20);
            }

            data.Add(nameof(Remainder.WithoutNorm), 1, 20);
            data.Add(nameof(Remainder.WithoutNorm), 5, 1);
            return data;
        }
    }

    [Theory]
    [InlineData(61, 20, 1, new long[] { 20, 20, 20, 1 })]
    [InlineData(61, 20, 2, new long[] { 20, 20, 21 })]
    [InlineData(21, 20, 2, new long[] { 21 })]
    [InlineData(22, 20, 2, new long[] { 20, 2 })]
    [InlineData(40, 20, 2, new long[] { 20, 20 })]
    [InlineData(7, 20, 2, new long[] { 7 })]
    [InlineData(1, 20, 1, new long[] { 1 })]
    [InlineData(3, 1, 1, new long[] { 1, 1, 1 })]
    public void ARemainderThatIsTooSmallJoinsTheBatchBefore(long rows, long size, long least, long[] expected)
    {
        var ranges = BatchRanges.Of(rows, size, least).ToList();
        Assert.Equal(expected, ranges.Select(r => r.Rows));
        Assert.Equal(expected.Select((_, i) => expected.Take(i).Sum()), ranges.Select(r => r.Start));
    }

    [Theory]
    [MemberData(nameof(Remainders))]
    public void EveryNumberIsFinite(string variant, int rows, int size)
    {
        var result = Train(variant, rows, size, out var records);
        Assert.All(
            records,
            r => Assert.True(
                double.IsFinite(r.Objective) && r.TaskLosses.All(double.IsFinite) && double.IsFinite(r.ValidationError!.Value)));
        Assert.All(result.TaskLosses.Concat(result.TaskErrors), v => Assert.True(double.IsFinite(v)));
    }

    [Theory]
    [InlineData(
        1,
        20,
        "the training set has 1 row, and batch normalisation needs at least 2 rows in a batch; "
            + "give the training set more rows, or take BatchNorm out of the network")]
    [InlineData(
        1,
        1,
        "the training set has 1 row, and batch normalisation needs at least 2 rows in a batch; "
            + "give the training set more rows, or take BatchNorm out of the network")]
    [InlineData(
        20,
        1,
        "the batch size is 1, and batch normalisation needs at least 2 rows in a batch; "
            + "raise Training:BatchSize, or take BatchNorm out of the network")]
    public void BatchesOfOneRowWithBatchNormalisationAreRefusedBeforeTraining(int rows, int size, string message)
    {
        foreach (var variant in Remainder.Descriptor.Variants.Select(v => v.Name).Where(n => n != nameof(Remainder.WithoutNorm)))
        {
            var records = new List<EpochRecord>();
            Assert.Equal(message, Assert.Throws<UAmtflException>(() => Train(variant, rows, size, out records)).Message);
            Assert.Empty(records);
        }
    }

    internal static CellResult Train(
        string name, int rows, int size, out List<EpochRecord> records, double? rate = null, int? epochs = null)
    {
        var kept = records = [];
        var variant = Remainder.Descriptor.Variants.First(v => v.Name == name);
        var plan = variant.Plan with
        {
            BatchSize = size,
            EvaluateEvery = 1,
            LearningRate = rate ?? variant.Plan.LearningRate,
            Epochs = epochs ?? variant.Plan.Epochs,
        };
        var request = new DataRequest(null, 1, new Dictionary<string, string> { ["Rows"] = $"{rows}" });
        return TestCell.Run(
            Remainder.Descriptor, variant, variant.Bind(TestSettings.Empty), plan, request, kept.Add, default);
    }
}
