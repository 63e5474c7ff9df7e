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
    /// <param name="train">Trains a point; a <see cref="UAmtflException"/> that is no <see cref="Data.DataException"/> is that point's
    /// failure.</param>
    /// <returns>The best cell, with the search in it and the time of all.</returns>
    /// <exception cref="UAmtflException">Every point failed, or none has a validation error that is a number.</exception>
    public static CellResult Run(IReadOnlyList<IReadOnlyDictionary<string, double>> points, Func<int, CellResult> train)
    {
        CellResult? best = null;
        var seconds = 0.0;
        var record = new List<SearchedPoint>();
        for (var i = 0; i < points.Count; i++)
        {
            try
            {
                var result = train(i);
                seconds += result.Seconds;
                record.Add(new(points[i], result.ValidationError));
                best = best is null || result.ValidationError < best.ValidationError || double.IsNaN(best.ValidationError) ? result : best;
            }
            catch (UAmtflException failure) when (failure is not Data.DataException)
            {
                record.Add(new(points[i], double.NaN, failure.Message));
            }
        }

        if (best is null)
        {
            throw new UAmtflException($"each of the {points.Count} points of the grid failed, the last with: {record[^1].Problem}");
        }

        return double.IsNaN(best.ValidationError)
            ? throw new UAmtflException(
                $"no point of the grid of {points.Count} can be chosen: none has a validation error that is a number; "
                + "give the data set validation rows on which the headline metric is defined, or leave [Grid] out")
            : best with { Search = record, Seconds = seconds };
    }
}
