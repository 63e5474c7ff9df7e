using TorchSharp;
using UAmtfl.Data;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

/// <summary>Data that would train to plausible but meaningless numbers is refused with one line that says what is wrong, where, and what
/// to do.</summary>
public sealed class SampleChecksTests : IDisposable
{
    private static readonly TaskSet Tasks = new(
        [new("Sick", TaskKind.Binary, 1), new("Weight", TaskKind.Regression, 1), new("Species", TaskKind.Classification, 3)],
        [0, 1, 2],
        OneVsAll: false);

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void GoodSamplesPassAndMissingLabelsAreMasked()
    {
        var (inputs, labels) = SampleChecks.Load(Good(), "training", Tasks, CPU);
        Assert.Equal([4, 2], inputs.shape);
        Assert.Equal([3f, 4, 4], SampleChecks.Counts(labels, Tasks).data<float>().ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void AnInputThatIsNotFinite(float value)
    {
        var samples = Good();
        samples.Inputs[2, 1] = value;
        Refused(
            samples, "the test set has an input that is not finite, in row 2 at [1] (rows count from 0): clean or drop the row", "test");
    }

    [Theory]
    [InlineData(0, 2f, "Sick", "2", "a binary label must be 0 to 1")]
    [InlineData(0, 0.5f, "Sick", "0.5", "a binary label must be 0 to 1")]
    [InlineData(0, -1f, "Sick", "-1", "a binary label must be 0 to 1")]
    [InlineData(0, float.PositiveInfinity, "Sick", "Infinity", "a binary label must be 0 to 1")]
    [InlineData(1, float.NegativeInfinity, "Weight", "-Infinity", "a regression label must be a finite number")]
    [InlineData(2, 3f, "Species", "3", "a classification label must be 0 to 2")]
    [InlineData(2, 1.5f, "Species", "1.5", "a classification label must be 0 to 2")]
    public void ALabelThatIsNone(int column, float value, string task, string shown, string rule)
    {
        var samples = Good();
        samples.Labels[3, column] = value;
        Refused(
            samples,
            $"the training set has label {shown} for task {task} in row 3 (rows count from 0); {rule}, or NaN where it is missing");
    }

    [Theory]
    [InlineData(4, 2, "[4, 2]")]
    [InlineData(3, 3, "[3, 3]")]
    [InlineData(5, 3, "[5, 3]")]
    public void LabelsOfTheWrongShape(int rows, int columns, string shown) => Refused(
        new(zeros(4, 2), zeros(rows, columns)),
        $"the training set has inputs of shape [4, 2] and labels of shape {shown}; "
            + "the experiment's 3 tasks need labels of shape [N, 3] with as many rows as the inputs, at least one");

    [Fact]
    public void NoRows() => Refused(
        new(zeros(0, 2), zeros(0, 3)),
        "the validation set has inputs of shape [0, 2] and labels of shape [0, 3]; "
            + "the experiment's 3 tasks need labels of shape [N, 3] with as many rows as the inputs, at least one",
        "validation");

    [Theory]
    [InlineData(ScalarType.Float64, ScalarType.Float32)]
    [InlineData(ScalarType.Float32, ScalarType.Float64)]
    [InlineData(ScalarType.Int64, ScalarType.Float32)]
    public void ElementsOfAnotherType(ScalarType inputs, ScalarType labels) => Refused(
        new(zeros(4, 2, dtype: inputs), zeros(4, 3, dtype: labels)),
        $"the training set has inputs of type {inputs} and labels of type {labels}; both must be Float32: "
            + "convert them in the data set's Load");

    [Fact]
    public void RowsOfOneTaskEachPass()
    {
        var (_, labels) = SampleChecks.Load(Own([1, 2.5f, 2, 0], [0, 1, 2, 0]), "training", Tasks, CPU);
        Assert.Equal([2f, 1, 1], SampleChecks.Counts(labels, Tasks).data<float>().ToArray());
    }

    /// <summary>If each row has the label of one task, the message counts rows over the whole set and not over the rows of the
    /// task.</summary>
    [Theory]
    [InlineData(new[] { 1f, 2, 2, 2 }, "label 2 for task Sick in row 3 (rows count from 0); a binary label must be 0 to 1")]
    [InlineData(new[] { 1f, 2, 2, float.NaN }, "label NaN for task Sick in row 3 (rows count from 0); a binary label must be 0 to 1")]
    [InlineData(
        new[] { 1f, float.NaN, 2, 1 },
        "label NaN for task Weight in row 1 (rows count from 0); a regression label must be a finite number")]
    public void AnOwnedRowNeedsALabel(float[] labels, string problem) =>
        Refused(Own(labels, [0, 1, 2, 0]), $"the training set has {problem}; leave a row without a label out");

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void AnOwnerThatIsNoTask(long owner) => Refused(
        Own([1, 2, 2, 1], [0, 1, owner, 0]),
        $"the training set names task {owner} in row 2 (rows count from 0); the experiment's 3 tasks are 0 to 2");

    [Fact]
    public void OwnersOfAnotherTypeOrNumber()
    {
        Refused(
            new(zeros(4, 2), zeros(4), zeros(4)),
            "the training set has inputs of shape [4, 2] and labels of shape [4]; "
                + "rows of one task each need labels of shape [N] and an owner of shape [4], int64 (it is [4], Float32)");
        Refused(
            new(zeros(4, 2), zeros(4), zeros(3, dtype: int64)),
            "the training set has inputs of shape [4, 2] and labels of shape [4]; "
                + "rows of one task each need labels of shape [N] and an owner of shape [4], int64 (it is [3], Int64)");
        Refused(
            new(zeros(4, 2), zeros(4, 3), zeros(4, dtype: int64)),
            "the training set has inputs of shape [4, 2] and labels of shape [4, 3]; "
                + "rows of one task each need labels of shape [N] and an owner of shape [4], int64 (it is [4], Int64)");
    }

    [Fact]
    public void ATaskWithoutATrainingLabel()
    {
        var samples = Good();
        samples.Labels[.., 1] = float.NaN;
        var dense = SampleChecks.Load(samples, "training", Tasks, CPU).Labels;
        Assert.Equal(
            "task Weight has no label in the training set: remove the task, or give it data",
            Assert.Throws<DataException>(() => SampleChecks.Counts(dense, Tasks)).Message);
        var own = SampleChecks.Load(Own([1, 2, 3, 0], [0, 1, 1, 0]), "training", Tasks, CPU).Labels;
        Assert.Equal(
            "task Species has no label in the training set: remove the task, or give it data",
            Assert.Throws<DataException>(() => SampleChecks.Counts(own, Tasks)).Message);
    }

    [Fact]
    public void WithoutIdentifiersNothingIsCompared() => SampleChecks.RequireDisjoint(new(Good(), Good(), Good(), SharedTest: false));

    [Fact]
    public void WithinASplitAnIdentifierMayRepeat() =>
        SampleChecks.RequireDisjoint(Named(["a", "a", "b", "c"], ["d", "e", "d", "f"], ["g", "h", "i", "A"]));

    [Theory]
    [InlineData(
        "v",
        "c",
        "'c' is in row 2 of the training set and in row 1 of the validation set (rows count from 0): give all its rows to one split")]
    [InlineData(
        "t", "c", "'c' is in row 2 of the training set and in row 1 of the test set (rows count from 0): give all its rows to one split")]
    [InlineData(
        "t",
        "f",
        "'f' is in row 1 of the validation set and in row 1 of the test set (rows count from 0): give all its rows to one split")]
    public void ARowInTwoSplits(string where, string id, string message)
    {
        var splits = Named(["a", "b", "c", "d"], ["e", where == "v" ? id : "f", "g", "h"], ["i", where == "t" ? id : "j", "k", "l"]);
        Assert.Equal(message, Assert.Throws<DataException>(() => SampleChecks.RequireDisjoint(splits)).Message);
    }

    [Fact]
    public void IdentifiersForSomeRowsOnly()
    {
        var few = Named(["a", "b", "c", "d"], ["e"], ["f", "g", "h", "i"]);
        Assert.Equal(
            "the validation set has 4 rows and 1 identifiers (Ids); give one for each row of every split, or none at all",
            Assert.Throws<DataException>(() => SampleChecks.RequireDisjoint(few)).Message);
        var without = few with { Validation = Good() };
        Assert.Equal(
            "the validation set has 4 rows and no identifiers (Ids); give one for each row of every split, or none at all",
            Assert.Throws<DataException>(() => SampleChecks.RequireDisjoint(without)).Message);
    }

    private static Samples Good() =>
        new(arange(8, dtype: float32).view(4, 2), tensor(new[] { 0, 1.5f, 2, 1, -3, 0, float.NaN, 0, 1, 1, 7, 2 }, [4, 3]));

    private static Samples Own(float[] labels, long[] owner) => new(zeros(4, 2), tensor(labels), tensor(owner));

    private static Splits Named(string[] train, string[] validation, string[] test) =>
        new(Good() with { Ids = train }, Good() with { Ids = validation }, Good() with { Ids = test }, SharedTest: false);

    private static void Refused(Samples samples, string message, string split = "training") =>
        Assert.Equal(message, Assert.Throws<DataException>(() => SampleChecks.Load(samples, split, Tasks, CPU)).Message);
}
