using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

/// <summary>Every transform is fitted on the training rows alone, can be undone, and can be saved.</summary>
public sealed class TransformsTests : IDisposable
{
    private static readonly TaskSet Mixed = new(
        [
            new("Flag", TaskKind.Binary, 1),
            new("Weight", TaskKind.Regression, 1),
            new("Height", TaskKind.Regression, 1),
            new("Colour", TaskKind.Classification, 3),
        ],
        [2, 3, 0, 1],
        OneVsAll: false);

    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<ITransform> All =>
    [
        new Centre(), new Standardise(), new Standardise { Unbiased = true, KeepFlags = true, LeastDeviation = 0.5 }, new Pca(4),
    ];

    public void Dispose() => scope.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void TestRowsChangeNothing(ITransform transform)
    {
        var (one, two) = (Fitted(Split(test: 1)), Fitted(Split(test: 1000)));
        Assert.All(one.Inputs[0].State, array => Assert.True(array.Value.Equals(two.Inputs[0].State[array.Key])));
        Assert.True(one.Apply(Split(test: 1).Train).Inputs.Equals(two.Apply(Split(test: 1000).Train).Inputs));
        Assert.False(one.Apply(Split(test: 1).Test).Inputs.Equals(two.Apply(Split(test: 1000).Test).Inputs));

        FittedTransforms Fitted(Splits splits) => FittedTransforms.Fit(splits with { InputTransforms = [transform] }, Mixed);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WhatIsAppliedCanBeUndone(ITransform transform)
    {
        var fitted = transform.Fit(Rows(20));
        var others = Rows(7) * 3;
        AssertClose(others, fitted.Invert(fitted.Apply(others)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AStateGivesTheSameTransform(ITransform transform)
    {
        var fitted = transform.Fit(Rows(20));
        Assert.All(fitted.State.Values, array => Assert.Equal((ScalarType.Float64, DeviceType.CPU), (array.dtype, array.device_type)));
        IFittedTransform again = fitted is ColumnScale ? ColumnScale.FromState(fitted.State) : PrincipalComponents.FromState(fitted.State);
        Assert.True(fitted.Apply(Rows(7)).Equals(again.Apply(Rows(7))));
        Assert.All(fitted.State, array => Assert.True(array.Value.Equals(again.State[array.Key])));
    }

    [Fact]
    public void ADamagedStateIsRefused()
    {
        Refused("a saved scale of columns needs the arrays shift and scale", () => ColumnScale.FromState(
            new Dictionary<string, Tensor> { ["shift"] = zeros(2) }));
        Refused("a saved scale of columns needs the arrays shift and scale", () => ColumnScale.FromState(
            new Dictionary<string, Tensor> { ["shift"] = zeros(2), ["scale"] = ones(3) }));
        Refused("saved principal components need the arrays", () => PrincipalComponents.FromState(
            new Dictionary<string, Tensor> { ["mean"] = zeros(3), ["components"] = ones(2, 4), ["variances"] = ones(4) }));
    }

    /// <summary>A constant column is only centred, whatever the options. A column that hardly varies is divided by the smallest allowed
    /// deviation.</summary>
    [Fact]
    public void AConstantColumnIsCentred()
    {
        var rows = tensor(new[] { 5f, 0, 5, 0.2f }, [2, 2]);
        Assert.Equal([1, 0.1], Scale(new()).Select(s => Math.Round(s, 6)));
        Assert.Equal([0.5, 0.5], Scale(new() { LeastDeviation = 0.5 }));
        Assert.Equal([0, 0], new Standardise().Fit(rows).Apply(rows).select(1, 0).data<float>().ToArray());

        IReadOnlyList<double> Scale(Standardise wanted) => ((ColumnScale)wanted.Fit(rows)).Scale;
    }

    /// <summary>The labels 1, 3 and 5 have the standard deviation √(8/3), or 2 without bias. Columns of only 0 and 1 can be left as they
    /// are.</summary>
    [Fact]
    public void OptionsOfStandardise()
    {
        var rows = tensor(new[] { 1f, 0, 3, 1, 5, 1 }, [3, 2]);
        Assert.Equal(Math.Sqrt(8.0 / 3), Scale(new())[0], 1e-12);
        Assert.Equal(2, Scale(new() { Unbiased = true })[0], 1e-12);
        Assert.Equal(Math.Sqrt(2.0 / 9), Scale(new())[1], 1e-12);
        Assert.Equal(1, Scale(new() { KeepFlags = true })[1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scale(new() { LeastDeviation = -1 }));

        IReadOnlyList<double> Scale(Standardise wanted) => ((ColumnScale)wanted.Fit(rows)).Scale;
    }

    /// <summary>Images keep their shape, and each pixel is transformed as a column.</summary>
    [Fact]
    public void APixelIsAColumn()
    {
        var images = rand(6, 1, 3, 2, generator: new Generator(1));
        var changed = new Standardise().Fit(images).Apply(images);
        Assert.Equal(images.shape, changed.shape);
        AssertClose(zeros(1, 3, 2), changed.mean([0L]));
        Refused("a scale of 6 columns does not fit rows of shape [2, 5]", () => new Standardise().Fit(images).Apply(zeros(2, 5)));
    }

    /// <summary>Only the labels of regressions are changed, each task by its own labels. Missing labels stay missing, and a task without
    /// any label is not changed.</summary>
    [Fact]
    public void LabelsOfRegressionsAreChanged()
    {
        var labels = tensor(new[] { 1f, 2, 1, float.NaN, float.NaN, 0, 0, float.NaN, 5, 1, float.NaN, float.NaN }, [3, 4]);
        var splits = Split(1) with { LabelTransforms = [new Centre()] };
        splits = splits with { Train = new(zeros(3, 2), labels) };
        var fitted = FittedTransforms.Fit(splits, Mixed);
        float[] expected = [-2, 2, 1, float.NaN, float.NaN, 0, 0, float.NaN, 2, 1, float.NaN, float.NaN];
        Assert.Equal(expected, fitted.Apply(splits.Train).Labels.data<float>().ToArray());
        Assert.Equal(1, labels[0, 0].item<float>());
    }

    /// <summary>The outputs of regressions are put back into the unit of their labels, although the network has its tasks in another
    /// order than the declaration.</summary>
    [Fact]
    public void OutputsOfRegressionsArePutBack()
    {
        var labels = tensor(new[] { 1f, 2, 1, 30, 3, 0, 0, 50 }, [2, 4]);
        var splits = Split(1) with { Train = new(zeros(2, 2), labels), LabelTransforms = [new Standardise(), new Centre()] };
        var outputs = tensor(new[] { 7f, -1, 1, 8, 9, 10 }, [1, 6]);      // Flag, Weight, Height, and three of Colour
        Assert.Equal([7, 30, 3, 8, 9, 10], FittedTransforms.Fit(splits, Mixed).InvertOutputs(outputs).data<float>().ToArray());
        Assert.Equal([7, -1, 1, 8, 9, 10], FittedTransforms.Fit(Split(1), Mixed).InvertOutputs(outputs).data<float>().ToArray());
    }

    /// <summary>If each row has the label of one task, the labels of all regressions are one column, and each is changed by its own
    /// task's labels.</summary>
    [Fact]
    public void RowsOfOneTaskHaveOneColumnOfLabels()
    {
        TaskInfo[] infos = [new("Flag", TaskKind.Binary, 1), new("A", TaskKind.Regression, 1), new("B", TaskKind.Regression, 1)];
        var tasks = new TaskSet(infos, [2, 0, 1], OneVsAll: false);
        var samples = new Samples(zeros(4, 2), tensor(new[] { 1f, 1, 5, 0 }), tensor(new[] { 0L, 2, 1, 2 }));
        var splits = new Splits(samples, samples, samples, SharedTest: false) { LabelTransforms = [new Centre()] };
        var fitted = FittedTransforms.Fit(splits, tasks);
        Assert.Equal([-2, 1, 2, 0], fitted.Apply(samples).Labels.data<float>().ToArray());
        Assert.Equal([9, 3, 4, 9, 2, 5], fitted.InvertOutputs(tensor(new[] { 9f, 0, 1, 9, -1, 2 }, [2, 3])).data<float>().ToArray());
    }

    [Fact]
    public void LabelsOfClassesAreNotTransformed() => Refused(
        "LabelTransforms are for regression tasks, and the experiment has none",
        () => FittedTransforms.Fit(Split(1) with { LabelTransforms = [new Centre()] }, TaskSet.Family(TaskKind.Binary, ["A", "B"])));

    [Fact]
    public void AValidationSetWithoutRowsStaysEmpty()
    {
        var splits = Split(1) with { InputTransforms = [new Standardise(), new Pca(2)], Validation = new(zeros(0, 4), zeros(0, 4)) };
        Assert.Equal([0, 2], FittedTransforms.Fit(splits, Mixed).Apply(splits.Validation).Inputs.shape);
    }

    [Fact]
    public void MistakesOfAnOwnTransformAreNamed()
    {
        Assert.Matches(
            @"^Own\.Fit throws InvalidOperationException at TransformsTests\.cs:\d+: no fit; ",
            Message(new Own(_ => throw new InvalidOperationException("no fit"))));
        Assert.Equal("Own.Fit returns null: return a fitted transform", Message(new Own(_ => null!)));
        Assert.Equal(
            "Halved.Apply returns [10, 4] for 20 rows: return as many rows as it is given",
            Message(new Own(_ => new Halved(rows => rows[..10]))));
        Assert.StartsWith("Halved.Apply throws", Message(new Own(_ => new Halved(_ => throw new InvalidOperationException()))));
        var labels = Split(1) with { LabelTransforms = [new Own(_ => new Halved(rows => rows[.., ..1]))] };
        Refused(
            "the LabelTransforms make labels of shape [20, 1] of [20, 2]",
            () => FittedTransforms.Fit(labels, Mixed).Apply(labels.Train));

        static string Message(ITransform transform) => Assert.Throws<DataException>(() =>
            FittedTransforms.Fit(Split(1) with { InputTransforms = [transform, new Centre()] }, Mixed)).Message;
    }

    private static Tensor Rows(int count) => rand(count, 4, generator: new Generator(5)) * tensor(new[] { 1f, 2, 30, 0.01f });

    private static Splits Split(float test) =>
        new(new(Rows(20), ones(20, 4)), new(Rows(3), ones(3, 4)), new(Rows(6) * test, ones(6, 4)), SharedTest: false);

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5);

    private static void Refused(string start, Func<object> action) =>
        Assert.StartsWith(start, Assert.Throws<DataException>(action).Message);

    private sealed class Own(Func<Tensor, IFittedTransform> fit) : ITransform
    {
        public IFittedTransform Fit(Tensor rows) => fit(rows);
    }

    private sealed class Halved(Func<Tensor, Tensor> apply) : IFittedTransform
    {
        public IReadOnlyDictionary<string, Tensor> State { get; } = new Dictionary<string, Tensor>();

        public Tensor Apply(Tensor values) => apply(values);

        public Tensor Invert(Tensor values) => values;
    }
}
