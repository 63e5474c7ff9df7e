using System.Globalization;
using System.Text.Json;
using UAmtfl.Files;

namespace UAmtfl.Hosting;

/// <summary>The folder of a run. Every file in it is complete, because it is written under another name and then renamed.</summary>
internal sealed class RunFolder
{
    private const string ManifestFile = "run.json";
    private const string ClaimFile = ".run";

    private RunFolder(string path) => FullPath = path;

    /// <summary>The path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Creates the folder of a new run and writes <c>run.json</c>.</summary>
    /// <param name="output">The folder in which run folders are made.</param>
    /// <param name="manifest">The record of the run.</param>
    /// <exception cref="UAmtflException">The folder cannot be made or written.</exception>
    public static RunFolder Create(string output, RunManifest manifest)
    {
        var name = $"{manifest.Started.ToLocalTime().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{manifest.Experiment}";
        return Guarded(Path.GetFullPath(output), () =>
        {
            Directory.CreateDirectory(output);
            for (var attempt = 1; ; attempt++)
            {
                var path = Path.GetFullPath(
                    Path.Combine(output, attempt == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{attempt}")));
                if (!Path.Exists(path) && Claim(path))
                {
                    WholeFile.Write(
                        Path.Combine(path, ManifestFile),
                        stream => JsonSerializer.Serialize(stream, manifest, RunJson.Pretty.RunManifest));
                    return new RunFolder(path);
                }
            }
        });
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <param name="path">The path of the folder.</param>
    /// <param name="manifest">Receives the record of the run.</param>
    /// <exception cref="UAmtflException">The folder is not that of a run.</exception>
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

    /// <summary>Copies the generated code of the experiment into the folder.</summary>
    /// <param name="sources">The generated files.</param>
    /// <exception cref="UAmtflException">A file cannot be written.</exception>
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

    /// <summary>Returns the folder of one cell.</summary>
    public CellFolder Cell(Cell cell) => new(Path.Combine(FullPath, "cells", cell.Name));

    /// <summary>The path of the file that keeps the errors of the run.</summary>
    public string ErrorLog => Path.Combine(FullPath, "errors.log");

    /// <summary>Returns the path of the file that receives a worker's standard error.</summary>
    public string WorkerLog(int worker) => Path.Combine(FullPath, string.Create(CultureInfo.InvariantCulture, $"worker-{worker}.log"));

    /// <summary>Creates a folder that no other process uses. Creating a folder that exists does not fail, so the process that creates a
    /// file in it owns it, because the system lets only one process do that. If the disk is full, the folder stays empty and
    /// unowned.</summary>
    /// <returns>True if this process owns the folder.</returns>
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

    /// <summary>Runs work that writes to a path, and names the path in the exception if it fails.</summary>
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
