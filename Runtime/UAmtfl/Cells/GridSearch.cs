using UAmtfl.Descriptors;
using UAmtfl.Evaluation;

namespace UAmtfl.Cells;

/// <summary>Trains once for each point of a grid and keeps the one with the smallest validation error
/// (<see cref="CellResult.ValidationError"/>: in its own unit where all tasks have one headline metric, else relative to the mean
/// predictor's). Test results of the others are not even returned.</summary>
public static class GridSearch
{
    /// <summary>The points of the product of grids, the last grid running fastest; none without a grid.</summary>
    /// <param name="grid">The grids.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, double>> Points(IReadOnlyList<GridDimension> grid)
    {
        IEnumerable<IReadOnlyList<KeyValuePair<string, double>>> points = [[]];
        foreach (var dimension in grid)
        {
            points = points.SelectMany(p =>
                dimension.Values.Select(v =>
                    (IReadOnlyList<KeyValuePair<string, double>>)[.. p, .. dimension.Parameters.Select(n => KeyValuePair.Create(n, v))]));
        }

        return grid.Count == 0 ? [] : [.. points.Select(p => p.ToDictionary(v => v.Key, v => v.Value))];
    }

    /// <summary>Searches.</summary>
    /// <param name="points">The points, at least one.</param>
    /// <param name="train">Trains a point; a <see cref="UAmtflException"/> is that point's failure, unless it is of data or
    /// files, which all points share.</param>
    /// <param name="before">The points that an earlier process has trained; null for none.</param>
    /// <param name="pointEnded">Called after each point.</param>
    /// <returns>The best cell, with the search in it and the time of all.</returns>
    /// <exception cref="UAmtflException">Every point failed, or none has a validation error that is a number.</exception>
    public static CellResult Run(
        IReadOnlyList<IReadOnlyDictionary<string, double>> points,
        Func<int, CellResult> train,
        SearchProgress? before = null,
        Action<SearchProgress>? pointEnded = null)
    {
        var progress = before ?? new([], null, 0);
        while (progress.Points.Count < points.Count)
        {
            progress = After(progress, points[progress.Points.Count], train);
            pointEnded?.Invoke(progress);
        }

        if (progress.Best is not { } best)
        {
            throw new UAmtflException(
                $"each of the {points.Count} points of the grid failed, the last with: {progress.Points[^1].Problem}");
        }

        return double.IsNaN(best.ValidationError)
            ? throw new UAmtflException(
                $"no point of the grid of {points.Count} can be chosen: none has a validation error that is a number; "
                + "give the data set validation rows on which the headline metric is defined, or leave [Grid] out")
            : best with { Search = progress.Points, Seconds = progress.Seconds };
    }

    private static SearchProgress After(SearchProgress before, IReadOnlyDictionary<string, double> point, Func<int, CellResult> train)
    {
        try
        {
            var result = train(before.Points.Count);
            var better = before.Best is not { } best
                || result.ValidationError < best.ValidationError
                || double.IsNaN(best.ValidationError);
            return new(
                [.. before.Points, new(point, result.ValidationError)], better ? result : before.Best, before.Seconds + result.Seconds);
        }
        catch (UAmtflException failure) when (failure.IsOfTraining)
        {
            return before with { Points = [.. before.Points, new(point, double.NaN, failure.Message)] };
        }
    }
}

/// <summary>A grid search after some of its points.</summary>
/// <param name="Points">The points that were trained, in order.</param>
/// <param name="Best">The result of the best; null if all have failed.</param>
/// <param name="Seconds">The seconds that all have taken.</param>
public sealed record SearchProgress(IReadOnlyList<SearchedPoint> Points, CellResult? Best, double Seconds);
