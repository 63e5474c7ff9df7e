using System.Globalization;
using System.Text.Json;
using UAmtfl.Files;

namespace UAmtfl.Hosting;

/// <summary>The folder that a run owns. Every file appears whole, by a move.</summary>
internal sealed class RunFolder
{
    private const string ManifestFile = "run.json";
    private const string ClaimFile = ".run";

    private RunFolder(string path) => FullPath = path;

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Makes the folder of a new run and writes <c>run.json</c>.</summary>
    /// <param name="output">The folder of the run folders.</param>
    /// <param name="manifest">The run.</param>
    /// <exception cref="UAmtflException">The folder cannot be made or written.</exception>
    public static RunFolder Create(string output, RunManifest manifest)
    {
        var name = $"{manifest.Started.ToLocalTime().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{manifest.Experiment}";
        return Guarded(Path.GetFullPath(output), () =>
        {
            Directory.CreateDirectory(output);
            for (var attempt = 1; ; attempt++)
            {
                var path = Path.GetFullPath(Path.Combine(output, attempt == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{attempt}")));
                if (!Path.Exists(path) && Claim(path))
                {
                    WholeFile.Write(Path.Combine(path, ManifestFile), stream => JsonSerializer.Serialize(stream, manifest, RunJson.Pretty.RunManifest));
                    return new RunFolder(path);
                }
            }
        });
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="manifest">The run.</param>
    /// <exception cref="UAmtflException">It is not a run's folder.</exception>
    public static RunFolder Open(string path, out RunManifest manifest)
    {
        var file = Path.Combine(Path.GetFullPath(path), ManifestFile);
        try
        {
            using var stream = File.OpenRead(file);
            manifest = JsonSerializer.Deserialize(stream, RunJson.Line.RunManifest)!;
            return new(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UAmtflException($"cannot read {file}: {e.Message}", e);
        }
    }

    /// <summary>Copies the generated code of the experiment beside its results.</summary>
    /// <param name="sources">The generated files.</param>
    /// <exception cref="UAmtflException">One cannot be written.</exception>
    public void CopyGenerated(IReadOnlyList<string> sources) => Guarded(FullPath, () =>
    {
        var generated = Directory.CreateDirectory(Path.Combine(FullPath, "generated")).FullName;
        foreach (var source in sources)
        {
            var target = Path.Combine(generated, Path.GetFileName(source));
            WholeFile.Write(target, stream => stream.Write(File.ReadAllBytes(source)));
        }

        return true;
    });

    /// <summary>The folder of one cell.</summary>
    public CellFolder Cell(Cell cell) => new(Path.Combine(FullPath, "cells", cell.Name));

    /// <summary>Where the run's errors are kept besides.</summary>
    public string ErrorLog => Path.Combine(FullPath, "errors.log");

    /// <summary>Where a worker's standard error goes.</summary>
    public string WorkerLog(int worker) => Path.Combine(FullPath, string.Create(CultureInfo.InvariantCulture, $"worker-{worker}.log"));

    /// <summary>Makes a folder that nobody else has. That a folder exists is no failure of its creation, so the one who makes the file
    /// in it owns it: the system lets only one process do that. A folder that cannot be claimed because the disk is full stays empty.</summary>
    /// <returns>True if it is ours.</returns>
    private static bool Claim(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            using var claim = new FileStream(Path.Combine(path, ClaimFile), FileMode.CreateNew, FileAccess.Write);
            return true;
        }
        catch (IOException) when (File.Exists(Path.Combine(path, ClaimFile)))
        {
            return false;
        }
    }

    /// <summary>Says what a failure of the disk was about.</summary>
    public static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write to {path}: {e.Message}", e);
        }
    }
}
