using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;

namespace UAmtfl.Tests.Training;

public sealed class GridSearchTests
{
    private static readonly GridDimension[] Grid = [new(["Alpha"], [1, 0.1]), new(["Mu", "Lambda"], [3, 2, 1])];

    [Fact]
    public void PointsAreTheProductAndTiedParametersMoveTogether()
    {
        var points = GridSearch.Points(Grid);
        Assert.Equal([(1, 3), (1, 2), (1, 1), (0.1, 3), (0.1, 2), (0.1, 1)], points.Select(p => (p["Alpha"], p["Mu"])));
        Assert.All(points, p => Assert.Equal(p["Mu"], p["Lambda"]));
        Assert.Empty(GridSearch.Points([]));
    }

    /// <summary>The point with the smallest validation error is taken, of equal ones the first. The test error plays no part.</summary>
    [Fact]
    public void TheBestOnValidationIsTakenOfEqualsTheFirst()
    {
        double[] validation = [0.3, 0.2, 0.2, double.NaN, 0.25, 0.9];
        var best = GridSearch.Run(GridSearch.Points(Grid), i => Cell(validation[i], test: 0.5 - validation[i]));
        Assert.Equal(0.2, best.ValidationError);
        Assert.Equal(1, Assert.Single(best.Search.Index(), s => ReferenceEquals(s.Item.Values, best.Search[1].Values)).Index);
        Assert.Equal(validation, best.Search.Select(s => s.ValidationError));
        Assert.Equal(6, best.Seconds);
    }

    [Fact]
    public void ADivergedPointIsRecordedAndNotTaken()
    {
        var best = GridSearch.Run(GridSearch.Points(Grid), i => i == 0 ? throw new UAmtflException("training diverged") : Cell(i, 0));
        Assert.Equal(1, best.ValidationError);
        Assert.Equal("training diverged", best.Search[0].Problem);
        Assert.True(double.IsNaN(best.Search[0].ValidationError));
        var failure = Assert.Throws<UAmtflException>(
            () => GridSearch.Run(GridSearch.Points(Grid), _ => throw new UAmtflException("training diverged")));
        Assert.Equal("each of the 6 points of the grid failed, the last with: training diverged", failure.Message);
    }

    /// <summary>If no point has a validation error, the search is refused, because it would take the first point silently.</summary>
    [Fact]
    public void WithoutAValidationErrorNothingIsChosen()
    {
        var refused = Assert.Throws<UAmtflException>(() => GridSearch.Run(GridSearch.Points(Grid), _ => Cell(double.NaN, 0)));
        Assert.StartsWith("no point of the grid of 6 can be chosen: none has a validation error that is a number", refused.Message);
    }

    /// <summary>A fault in the data ends the search, because every point would fail alike.</summary>
    [Fact]
    public void ADataFaultEndsTheSearch() =>
        Assert.Equal(
            "no file",
            Assert.Throws<DataException>(() => GridSearch.Run(GridSearch.Points(Grid), _ => throw new DataException("no file"))).Message);

    private static CellResult Cell(double validation, double test) => new()
    {
        Variant = "V", Seed = 1, OverallError = test, TaskErrors = [], TaskLosses = [], RowErrors = [], SharedTest = true,
        ValidationError = validation, Seconds = 1,
    };
}
