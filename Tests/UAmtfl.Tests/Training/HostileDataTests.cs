using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Evaluation;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>An experiment of three binary tasks on rows of numbers, whose data each test replaces.</summary>
[Experiment("hostile", Seeds = 1)]
[Dataset<TinyBinary>, Metric(TaskMetric.RocAuc)]
[Training(Epochs = 3, BatchSize = 16), Adam(1e-2)]
public static partial class Hostile
{
    [Binary]
    public enum Class { First, Second, Third }

    [Input(8), Linear(6), ReLU]
    public partial class Net;

    [Baseline, Ridge]
    public partial class Stl;

    [HardSharing]
    public partial class Mtl;

    [MeanPredictor]
    public partial class Mean;
}

/// <summary>Wrong or unusual data on its whole way through a cell.</summary>
public sealed class HostileDataTests
{
    [Fact]
    public void ALeakIsRefusedBeforeARunAndInEveryCell()
    {
        static Splits Leak(Splits s) =>
            s with
            {
                Train = Named(s.Train, "train"),
                Validation = Named(s.Validation, "validation"),
                Test = s.Test with { Ids = [.. Named(s.Test, "test").Ids!.SkipLast(1), "train 7"] },
            };
        const string message = "Changed: 'train 7' is in row 7 of the training set and in row 23 of the test set (rows count from 0): " +
            "give all its rows to one split";
        Assert.Equal(message, Assert.Throws<DataException>(() => Train("Mtl", Leak)).Message);
        Assert.Equal(
            message,
            Assert.Throws<DataException>(
                () => CellData.Load(Hostile.Descriptor with { Dataset = () => new Changed(Leak) }, new(null, 1), CPU)).Message);
    }

    /// <summary>Rows of another shape than the data set's type states are refused, because generated code would broadcast them to
    /// plausible numbers.</summary>
    [Fact]
    public void RowsOfAnotherShapeThanTheTypeAreRefused()
    {
        static Splits Owned(Splits s)
        {
            static Samples Of(Samples samples) =>
                new(samples.Inputs, samples.Labels.select(1, 0).clone(), zeros(samples.Count, dtype: int64));
            return s with { Train = Of(s.Train), Validation = Of(s.Validation), Test = Of(s.Test) };
        }

        using var scope = NewDisposeScope();
        Assert.Equal(
            "Changed: the training set says which task each row is of, but Changed is no IPerTaskDataset: implement it, or give labels " +
                "[N, T] without an Owner",
            Assert.Throws<DataException>(() => Train("Mtl", Owned)).Message);
        Assert.Equal(
            "the validation set does not say which task each row is of, but FourSchools is an IPerTaskDataset: "
                + "give Samples an Owner, or implement IDataset",
            Assert.Throws<DataException>(() => SampleChecks.RequireShape(OneUnowned(), new FourSchools())).Message);

        static Splits OneUnowned()
        {
            var splits = new FourSchools().Load(new(null, 1));
            return splits with { Validation = splits.Validation with { Owner = null } };
        }
    }

    /// <summary>A task without a test label has no result, and the mean is over the other tasks.</summary>
    [Theory]
    [InlineData("Mtl")]
    [InlineData("Stl")]
    [InlineData("Mean")]
    public void ATaskWithoutATestLabelIsUndefined(string variant)
    {
        var result = Train(variant, s => s with { Test = Missing(s.Test, 1) });
        Assert.True(double.IsNaN(result.TaskErrors[1]));
        Assert.All(result.TaskMetrics.Values, m => Assert.True(double.IsNaN(m[1])));
        Assert.Equal((result.TaskErrors[0] + result.TaskErrors[2]) / 2, result.OverallError, 1e-12);
    }

    [Fact]
    public void ATaskWithoutAValidationLabelDoesNotSpoilTheChoice()
    {
        var result = Train("Mtl", s => s with { Validation = Missing(s.Validation, 0) });
        Assert.InRange(result.ValidationError, 0, 1);
    }

    /// <summary>If a task has one class only in training, a network learns it and the mean predicts it; logistic regression reports that
    /// it has no solution.</summary>
    [Fact]
    public void ATaskOfOneClassInTraining()
    {
        static Splits Constant(Splits s)
        {
            s.Train.Labels[.., 2] = 0;
            return s;
        }

        Assert.All(Train("Mtl", Constant).TaskErrors, e => Assert.InRange(e, 0, 1));
        Assert.Equal(0.5, Train("Mean", Constant).TaskErrors[2]);
        var error = Assert.ThrowsAny<UAmtflException>(() => Train("Stl", Constant));
        Assert.Contains("all labels of task Third are 0: leave the task out, or use MeanPredictor", error.Message);
    }

    /// <summary>If a task has one class only in the test set, its area under the curve is undefined, but its error is not.</summary>
    [Fact]
    public void ATaskOfOneClassInTheTest()
    {
        var result = Train("Mtl", s =>
        {
            s.Test.Labels[.., 0] = 1;
            return s;
        });
        Assert.True(double.IsNaN(result.TaskErrors[0]));
        Assert.InRange(result.TaskMetrics["Error"][0], 0, 1);
        Assert.True(double.IsFinite(result.OverallError));
    }

    [Fact]
    public void AConstantFeatureStaysFinite()
    {
        static Splits Odd(Splits s)
        {
            foreach (var samples in new[] { s.Train, s.Validation, s.Test })
            {
                samples.Inputs[.., 3] = 5;
            }

            return s;
        }

        foreach (var variant in Hostile.Descriptor.Variants)
        {
            Assert.All(Train(variant.Name, Odd).TaskLosses, l => Assert.True(double.IsFinite(l)));
        }
    }

    private static CellResult Train(string name, Func<Splits, Splits> change)
    {
        var variant = Hostile.Descriptor.Variants.Single(v => v.Name == name);
        return TestCell.Run(
            Hostile.Descriptor with { Dataset = () => new Changed(change) },
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan,
            new(null, 1),
            _ => { },
            default);
    }

    private static Samples Named(Samples samples, string prefix) =>
        samples with { Ids = [.. Enumerable.Range(0, samples.Count).Select(i => $"{prefix} {i}")] };

    private static Samples Missing(Samples samples, int task)
    {
        samples.Labels[.., task] = float.NaN;
        return samples;
    }

    private sealed class Changed(Func<Splits, Splits> change) : IDataset
    {
        public Splits Load(DataRequest request) => change(new TinyBinary().Load(request));
    }
}
