using System.Globalization;
using System.Text.Json;
using UAmtfl.Files;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>The folder of a run. Every file in it is complete, because it is written under another name and then renamed.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string ManifestFile = "run.json";
    private const string ClaimFile = ".run";
    private const string WorkersFile = ".workers";
    private const string GeneratedFolder = "generated";

    /// <summary>The time in which workers end after the program that started them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FileStream? claim;

    private RunFolder(string path, FileStream? claim = null) => (FullPath, this.claim) = (path, claim);

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
                if (!Path.Exists(path) && Claim(path) is { } claim)
                {
                    WholeFile.Write(
                        Path.Combine(path, ManifestFile),
                        stream => JsonSerializer.Serialize(stream, manifest, RunJson.Pretty.RunManifest));
                    return new RunFolder(path, claim);
                }
            }
        });
    }

    /// <summary>True if a path is the folder of a run.</summary>
    public static bool Is(string path) => File.Exists(Path.Combine(path, ManifestFile));

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
            manifest = JsonSerializer.Deserialize(stream, RunJson.Line.RunManifest)
                is { Experiment: not null, Variants: not null, Seeds: not null } read
                ? read
                : throw new JsonException("it lacks the experiment, the variants or the seeds");
            return new(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UAmtflException($"cannot read {file}: {e.Message}", e);
        }
    }

    /// <summary>Opens the folder of a run that has ended, and keeps other processes from it until it is disposed of.</summary>
    /// <param name="path">The path of the folder.</param>
    /// <param name="manifest">Receives the record of the run.</param>
    /// <exception cref="UAmtflException">The folder is not that of a run, or the run has not ended.</exception>
    public static RunFolder Continue(string path, out RunManifest manifest)
    {
        var full = Open(path, out manifest).FullPath;
        try
        {
            var claim = new FileStream(Path.Combine(full, ClaimFile), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            try
            {
                AwaitWorkers(full);
                return new(full, claim);
            }
            catch
            {
                claim.Dispose();
                throw;
            }
        }
        catch (IOException e)
        {
            throw new UAmtflException(
                $"cannot continue {full}: it is still in progress, or cannot be written ({Words.Clause(e.Message)})", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UAmtflException($"cannot continue {full}: {e.Message}", e);
        }
    }

    /// <summary>Marks the folder as used by a worker, until the mark is disposed of or the process ends.</summary>
    public IDisposable MarkWorker() => new FileStream(
        Path.Combine(FullPath, WorkersFile), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);

    /// <summary>Waits until the workers of a program that was killed have ended, because they may still write.</summary>
    private static void AwaitWorkers(string path)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                new FileStream(Path.Combine(path, WorkersFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None).Dispose();
                return;
            }
            catch (IOException) when (DateTime.UtcNow < end)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Returns the names of generated files that differ from the folder's.</summary>
    /// <param name="sources">The files of generated code beside the program.</param>
    public IReadOnlyList<string> ChangedGenerated(IReadOnlyList<string> sources)
    {
        var generated = Path.Combine(FullPath, GeneratedFolder);
        return
        [
            .. sources.Select(source => Path.GetFileName(source)).Zip(sources)
                .Where(f => Path.Combine(generated, f.First) is var kept
                    && File.Exists(kept)
                    && !File.ReadAllBytes(kept).AsSpan().SequenceEqual(File.ReadAllBytes(f.Second)))
                .Select(f => f.First),
        ];
    }

    /// <summary>Lets other processes continue the run.</summary>
    public void Dispose() => claim?.Dispose();

    /// <summary>Copies the generated code of the experiment into the folder.</summary>
    /// <param name="sources">The generated files.</param>
    /// <exception cref="UAmtflException">A file cannot be written.</exception>
    public void CopyGenerated(IReadOnlyList<string> sources) => Guarded(FullPath, () =>
    {
        var generated = Directory.CreateDirectory(Path.Combine(FullPath, GeneratedFolder)).FullName;
        foreach (var source in sources)
        {
            var target = Path.Combine(generated, Path.GetFileName(source));
            WholeFile.Write(target, stream => stream.Write(File.ReadAllBytes(source)));
        }

        return true;
    });

    /// <summary>Returns the file that was generated for a variant; empty if the folder does not have it.</summary>
    /// <param name="variant">The name of the variant.</param>
    public string GeneratedFile(string variant)
    {
        var generated = Path.Combine(FullPath, GeneratedFolder);
        var file = Directory.Exists(generated)
            ? Directory.EnumerateFiles(generated, $"*+{variant}.g.cs.txt").Order(StringComparer.Ordinal).FirstOrDefault()
            : null;
        return file is null ? "" : File.ReadAllText(file);
    }

    /// <summary>Returns the folder of one cell.</summary>
    public CellFolder Cell(Cell cell) => new(Path.Combine(FullPath, "cells", cell.Name));

    /// <summary>The path of the file that keeps the errors of the run.</summary>
    public string ErrorLog => Path.Combine(FullPath, "errors.log");

    /// <summary>Returns the path of the file that receives a worker's standard error.</summary>
    public string WorkerLog(int worker) => Path.Combine(FullPath, string.Create(CultureInfo.InvariantCulture, $"worker-{worker}.log"));

    /// <summary>Creates a folder that no other process uses. Creating a folder that exists does not fail, so the process that creates a
    /// file in it owns it, because the system lets only one process do that. If the disk is full, the folder stays empty and
    /// unowned.</summary>
    /// <returns>The file, open, which keeps other processes from the folder; null if another process owns it.</returns>
    private static FileStream? Claim(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            return new FileStream(Path.Combine(path, ClaimFile), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (IOException) when (File.Exists(Path.Combine(path, ClaimFile)))
        {
            return null;
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
