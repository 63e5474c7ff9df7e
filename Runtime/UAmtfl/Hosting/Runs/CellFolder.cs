using System.Text.Json;
using UAmtfl.Evaluation;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>The folder of one cell: <c>metrics.jsonl</c>, <c>test-errors.npy</c>, where the headline metric needs them
/// <c>test-scores.npy</c> and <c>test-labels.npy</c>, <c>timing.json</c> and, last, <c>result.json</c>, whose presence means that the
/// cell is finished.</summary>
/// <param name="path">Where it is.</param>
internal sealed class CellFolder(string path)
{
    private string MetricsFile => Path.Combine(path, "metrics.jsonl");

    private string ErrorsFile => Path.Combine(path, "test-errors.npy");

    private string ScoresFile => Path.Combine(path, "test-scores.npy");

    private string LabelsFile => Path.Combine(path, "test-labels.npy");

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
        WriteOrDelete(ScoresFile, result.Scores);
        WriteOrDelete(LabelsFile, result.Labels);
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
            var stored = JsonSerializer.Deserialize(result, RunJson.Line.StoredResult)!;
            return stored.Version <= StoredResult.Current
                ? stored.With(Matrix(ErrorsFile)!, Matrix(ScoresFile, optional: true), Matrix(LabelsFile, optional: true), JsonSerializer.Deserialize(timing, RunJson.Line.StoredTiming)!.Seconds)
                : throw new InvalidDataException($"result.json has format {stored.Version}, and this program reads up to {StoredResult.Current}; use the program that wrote it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new UAmtflException($"cannot read the results in {path}: {e.Message}", e);
        }
    }

    /// <summary>A cell that is trained again must not keep a matrix of the training before.</summary>
    private static void WriteOrDelete(string file, float[][]? rows)
    {
        if (rows is null)
        {
            File.Delete(file);
        }
        else
        {
            RunFolder.WriteWhole(file, stream => Npy.Write(stream, rows));
        }
    }

    private static float[][]? Matrix(string file, bool optional = false)
    {
        if (optional && !File.Exists(file))
        {
            return null;
        }

        using var stream = new BufferedStream(File.OpenRead(file), 1 << 16);
        return Npy.Read(stream);
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
