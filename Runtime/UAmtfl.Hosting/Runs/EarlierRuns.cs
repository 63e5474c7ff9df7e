using System.Text.Json;
using UAmtfl.Messages;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>The runs in a folder.</summary>
/// <param name="Runs">The runs whose record could be read, the newest first.</param>
/// <param name="Damaged">A line for each run whose record could not be read.</param>
internal sealed record EarlierRuns(IReadOnlyList<EarlierRun> Runs, IReadOnlyList<string> Damaged)
{
    /// <summary>Reads the records of the runs in a folder. One that is damaged is left out without affecting the others.</summary>
    /// <param name="folder">The folder; one that does not exist has no runs.</param>
    /// <exception cref="UAmtflException">The folder cannot be read.</exception>
    public static EarlierRuns Read(string folder)
    {
        var (runs, damaged) = (new List<EarlierRun>(), new List<string>());
        foreach (var path in Folders(folder))
        {
            try
            {
                using var run = RunFolder.Open(path, out var manifest);
                var finished = Cell.All(manifest.Variants.Select(v => v.Name), manifest.Seeds).Count(c => run.Cell(c).IsFinished);
                runs.Add(new(path, manifest, finished));
            }
            catch (UAmtflException failure)
            {
                damaged.Add(failure.Message);
            }
        }

        return new([.. runs.OrderByDescending(r => r.Manifest.Started).ThenByDescending(r => r.Path, StringComparer.Ordinal)], damaged);
    }

    private static IReadOnlyList<string> Folders(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.GetDirectories(folder).Where(RunFolder.Is).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UAmtflException($"cannot read {folder}: {e.Message}", e);
        }
    }
}

/// <summary>A run whose record could be read.</summary>
/// <param name="Path">The folder of the run.</param>
/// <param name="Manifest">The record of the run.</param>
/// <param name="Finished">The number of finished cells.</param>
internal sealed record EarlierRun(string Path, RunManifest Manifest, int Finished)
{
    /// <summary>Returns the headline result of the run's report; a dash if the run has no report.</summary>
    /// <exception cref="UAmtflException">The report cannot be read.</exception>
    public string Headline()
    {
        var file = System.IO.Path.Combine(Path, ReportWriter.JsonFile);
        try
        {
            return File.Exists(file) ? Reporting.Headline.Of(JsonReport.Parse(File.ReadAllText(file))) : Numbers.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UAmtflException($"cannot read {file}: {Words.Clause(e.Message)}; report {Path} writes it again", e);
        }
    }
}
