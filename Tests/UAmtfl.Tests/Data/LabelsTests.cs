using UAmtfl.Data;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

public sealed class LabelsTests
{
    private const float Missing = float.NaN;

    private static Tensor Of(float[,] values) => tensor(values);

    private static float[] Flat(Tensor values) => [.. values.contiguous().data<float>()];

    [Fact]
    public void ColumnsComeInTheOrderAskedFor()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(Of(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }), [2, 0]);

        Assert.Equal([2, 2], labels.Values.shape);
        Assert.Equal([3, 1, 6, 4], Flat(labels.Values));
        Assert.Null(labels.Observed);
        Assert.Equal([2, 2], Flat(labels.Counts(labels.Values.shape[1])));
    }

    [Fact]
    public void MissingBecomesZeroUnderAMask()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(Of(new[,] { { 1, Missing, 3 }, { Missing, 5, -6 } }), [1, 2, 0]);

        Assert.Equal([0, 3, 1, 5, -6, 0], Flat(labels.Values));
        Assert.Equal([0, 1, 1, 1, 1, 0], Flat(labels.Observed!));
        Assert.Equal(ScalarType.Float32, labels.Observed!.dtype);
        Assert.Equal([1, 2, 1], Flat(labels.Counts(labels.Values.shape[1])));
    }

    [Fact]
    public void MissingInAColumnLeftOutNeedsNoMask()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(Of(new[,] { { 1, Missing }, { 2, 4 } }), [0]);

        Assert.Null(labels.Observed);
        Assert.Equal([1, 2], Flat(labels.Values));
    }

    [Fact]
    public void LabelsOfTheDataSetStayAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var source = Of(new[,] { { 1, Missing } });
        _ = Labels.From(source, [1, 0]);

        Assert.Equal([1, Missing], Flat(source));
    }

    [Fact]
    public void RowsTasksAndSelectTakeValuesAndMaskTogether()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(Of(new[,] { { 1, Missing }, { 3, 4 }, { Missing, 6 } }), [0, 1]);

        Assert.Equal([3, 4, 0, 6], Flat(labels.Rows(1, 2).Values));
        Assert.Equal([1, 1, 0, 1], Flat(labels.Rows(1, 2).Observed!));
        Assert.Equal([0, 4, 6], Flat(labels.Tasks(1, 1).Values));
        Assert.Equal([0, 1, 1], Flat(labels.Tasks(1, 1).Observed!));
        var selected = labels.Select(tensor(new long[] { 2, 0 }));
        Assert.Equal([0, 6, 1, 0], Flat(selected.Values));
        Assert.Equal([0, 1, 1, 0], Flat(selected.Observed!));
    }

    [Fact]
    public void NothingElseStaysAlive()
    {
        using var scope = NewDisposeScope();
        var source = Of(new[,] { { 1, Missing }, { 2, 3 } });
        var before = scope.DisposablesCount;
        _ = Labels.From(source, [1, 0]);

        Assert.Equal(before + 2, scope.DisposablesCount);
    }
}
