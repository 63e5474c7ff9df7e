using System.Text.Json;
using UAmtfl.Evaluation;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>The folder of one cell: <c>metrics.jsonl</c>, <c>test-errors.npy</c>, <c>timing.json</c> and, last, <c>result.json</c>,
/// whose presence means that the cell is finished.</summary>
/// <param name="path">Where it is.</param>
internal sealed class CellFolder(string path)
{
    private string MetricsFile => Path.Combine(path, "metrics.jsonl");

    private string ErrorsFile => Path.Combine(path, "test-errors.npy");

    private string TimingFile => Path.Combine(path, "timing.json");

    private string ResultFile => Path.Combine(path, "result.json");

    /// <summary>Whether the cell is finished.</summary>
    public bool IsFinished => File.Exists(ResultFile);

    /// <summary>Begins the metrics, one line an epoch. While the cell is trained they can be followed in <c>metrics.jsonl.tmp</c>.</summary>
    /// <exception cref="UAmtflException">The folder cannot be written.</exception>
    public MetricsWriter BeginMetrics() => RunFolder.Guarded(path, () =>
    {
        Directory.CreateDirectory(path);
        return new MetricsWriter(MetricsFile);
    });

    /// <summary>Writes the result; the metrics must be complete.</summary>
    /// <exception cref="UAmtflException">The folder cannot be written.</exception>
    public void Finish(CellResult result) => RunFolder.Guarded(path, () =>
    {
        RunFolder.WriteWhole(ErrorsFile, stream => Npy.Write(stream, result.RowErrors));
        RunFolder.WriteWhole(TimingFile, stream => JsonSerializer.Serialize(stream, new(result.Seconds), RunJson.Line.StoredTiming));
        RunFolder.WriteWhole(ResultFile, stream => JsonSerializer.Serialize(stream, StoredResult.Of(result), RunJson.Line.StoredResult));
        return true;
    });

    /// <summary>Reads the result of a finished cell.</summary>
    /// <exception cref="UAmtflException">A file is missing or damaged.</exception>
    public CellResult Read()
    {
        try
        {
            using var result = File.OpenRead(ResultFile);
            using var timing = File.OpenRead(TimingFile);
            using var errors = new BufferedStream(File.OpenRead(ErrorsFile), 1 << 16);
            return JsonSerializer.Deserialize(result, RunJson.Line.StoredResult)!
                .With(Npy.Read(errors), JsonSerializer.Deserialize(timing, RunJson.Line.StoredTiming)!.Seconds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new UAmtflException($"cannot read the results in {path}: {e.Message}", e);
        }
    }
}

/// <summary>Writes <c>metrics.jsonl</c>, line by line.</summary>
internal sealed class MetricsWriter : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    /// <summary>Begins the file under a temporary name.</summary>
    public MetricsWriter(string path)
    {
        this.path = path;
        stream = new(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Adds an epoch.</summary>
    /// <exception cref="UAmtflException">The file cannot be written.</exception>
    public void Write(EpochRecord epoch) => RunFolder.Guarded(path, () =>
    {
        JsonSerializer.Serialize(stream, epoch, RunJson.Line.EpochRecord);
        stream.WriteByte((byte)'\n');
        stream.Flush();
        return true;
    });

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="UAmtflException">The file cannot be written.</exception>
    public void Complete() => RunFolder.Guarded(path, () =>
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(path + ".tmp", path, overwrite: true);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
