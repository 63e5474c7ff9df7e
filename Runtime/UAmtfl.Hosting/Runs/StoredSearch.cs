using System.Globalization;
using System.Text.Json;
using UAmtfl.Cells;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Messages;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>A grid search after some of its points, as <c>points.json</c> holds it.</summary>
/// <param name="Points">The points that were trained.</param>
/// <param name="Seconds">The seconds that all have taken.</param>
/// <param name="MetricsBytes">The length of the file of metrics after the last of them.</param>
internal sealed record StoredSearch(IReadOnlyList<SearchedPoint> Points, double Seconds, long MetricsBytes);

/// <summary>The folders <c>search-N</c> in the folder of a cell: the search after N points, with the result of the best point in the
/// form of a cell. The file <c>points.json</c> is written last, so that its presence means that the folder is whole.</summary>
/// <param name="cell">The path of the cell's folder.</param>
internal sealed class SearchFolders(string cell)
{
    private const string Prefix = "search-";
    private const string PointsFile = "points.json";

    /// <summary>Reads the latest search; null if there is none.</summary>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <exception cref="CheckpointException">A file is damaged.</exception>
    public (SearchProgress Progress, long MetricsBytes)? Read(TaskSet tasks)
    {
        var whole = All().Where(f => File.Exists(Path.Combine(f.Path, PointsFile))).OrderBy(f => f.Points);
        if (whole.LastOrDefault() is not { Path: { } path })
        {
            return null;
        }

        var best = new CellFolder(path);
        var file = Path.Combine(path, PointsFile);
        try
        {
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(file), RunJson.Line.StoredSearch)!;
            var result = best.IsFinished ? best.Read(tasks) with { Model = best.ReadModel() } : null;
            return (new(stored.Points, result, stored.Seconds), stored.MetricsBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException(
                $"cannot read {file}: {Words.Clause(e.Message)}; delete the folder {cell} to train the cell from its start", e);
        }
    }

    /// <summary>Writes a search, then deletes the earlier ones.</summary>
    /// <param name="progress">The search.</param>
    /// <param name="metricsBytes">The length of the file of metrics.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    public void Write(SearchProgress progress, long metricsBytes, TaskSet tasks)
    {
        var path = Path.Combine(cell, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{progress.Points.Count}"));
        Directory.CreateDirectory(path);
        if (progress.Best is { } best)
        {
            new CellFolder(path).Finish(best, tasks);
        }

        var stored = new StoredSearch(progress.Points, progress.Seconds, metricsBytes);
        WholeFile.Write(
            Path.Combine(path, PointsFile), stream => JsonSerializer.Serialize(stream, stored, RunJson.Line.StoredSearch));
        foreach (var earlier in All().Where(f => f.Points < progress.Points.Count))
        {
            Directory.Delete(earlier.Path, recursive: true);
        }
    }

    /// <summary>Deletes all searches.</summary>
    public void Discard()
    {
        foreach (var folder in All())
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private List<(string Path, int Points)> All()
    {
        var found = new List<(string, int)>();
        foreach (var path in Directory.EnumerateDirectories(cell, $"{Prefix}*"))
        {
            if (int.TryParse(Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var points))
            {
                found.Add((path, points));
            }
        }

        return found;
    }
}
