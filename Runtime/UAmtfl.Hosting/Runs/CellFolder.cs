using System.Text.Json;
using UAmtfl.Evaluation;
using UAmtfl.Files;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>The folder of one cell. It contains <c>metrics.jsonl</c>, <c>test-errors.npy</c>, <c>timing.json</c>, if the headline
/// metric needs them <c>test-scores.npy</c> and <c>test-labels.npy</c>, if the method learns a transfer <c>transfer.npy</c>, if the
/// weighting takes inner products of gradients <c>gradient-cosines.npy</c> and <c>gradient-conflicts.npy</c>, a
/// <c>weights-PARAMETER.npy</c> for each small weight matrix, the trained model in <c>model.safetensors</c> and <c>model.json</c>, and,
/// written last, <c>result.json</c>, whose presence means that the cell is finished.</summary>
/// <param name="path">The path of the folder.</param>
internal sealed class CellFolder(string path)
{
    /// <summary>The path of the folder.</summary>
    public string FullPath => path;

    /// <summary>The path of the file with the times of the epochs.</summary>
    public string TimingsFile => Path.Combine(path, "timing.jsonl");

    private const string WeightsPrefix = "weights-";
    private const string MatrixSuffix = ".npy";

    private string MetricsFile => Path.Combine(path, "metrics.jsonl");

    private string ErrorsFile => Path.Combine(path, "test-errors.npy");

    private string ScoresFile => Path.Combine(path, "test-scores.npy");

    private string LabelsFile => Path.Combine(path, "test-labels.npy");

    private string TransferFile => Path.Combine(path, "transfer.npy");

    private string CosinesFile => Path.Combine(path, "gradient-cosines.npy");

    private string ConflictsFile => Path.Combine(path, "gradient-conflicts.npy");

    private IEnumerable<string> WeightFiles =>
        Directory.EnumerateFiles(path, $"{WeightsPrefix}*{MatrixSuffix}").Order(StringComparer.Ordinal);

    private string TimingFile => Path.Combine(path, "timing.json");

    private string ResultFile => Path.Combine(path, "result.json");

    /// <summary>True if the cell is finished.</summary>
    public bool IsFinished => File.Exists(ResultFile);

    /// <summary>Starts the file of metrics, which has one line for each epoch. While the cell is trained, its name is
    /// <c>metrics.jsonl.tmp</c>.</summary>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <param name="kept">The number of bytes of an earlier process that are kept.</param>
    /// <exception cref="UAmtflException">The folder cannot be written, or the file has fewer bytes.</exception>
    public MetricsWriter BeginMetrics(TaskSet tasks, long kept = 0) => RunFolder.Guarded(path, () =>
    {
        Directory.CreateDirectory(path);
        return new MetricsWriter(MetricsFile, tasks, kept);
    });

    /// <summary>Writes the result of the cell, after the metrics are complete.</summary>
    /// <param name="result">The result.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <exception cref="UAmtflException">The folder cannot be written.</exception>
    public void Finish(CellResult result, TaskSet tasks) => RunFolder.Guarded(path, () =>
    {
        WholeFile.Write(ErrorsFile, stream => Npy.Write(stream, result.RowErrors));
        WriteOrDelete(ScoresFile, result.Scores);
        WriteOrDelete(LabelsFile, result.Labels);
        WriteOrDelete(TransferFile, result.Transfer);
        var gradients = result.Gradients;
        WriteOrDelete(CosinesFile, gradients?.Cosines);
        WriteOrDelete(ConflictsFile, gradients?.Conflicts);
        WriteWeights(result.Weights);
        WriteModel(result.Model);
        WholeFile.Write(TimingFile, stream => JsonSerializer.Serialize(stream, new(result.Seconds), RunJson.Line.StoredTiming));
        var stored = StoredResult.Of(result, tasks);
        WholeFile.Write(ResultFile, stream => JsonSerializer.Serialize(stream, stored, RunJson.Line.StoredResult));
        return true;
    });

    /// <summary>Reads the result of a finished cell.</summary>
    /// <param name="tasks">The experiment's tasks, in the network's order.</param>
    /// <exception cref="UAmtflException">A file is missing or damaged.</exception>
    public CellResult Read(TaskSet tasks) => Reading(() =>
    {
        var result = File.ReadAllBytes(ResultFile);
        var version = (JsonSerializer.Deserialize(result, RunJson.Line.StoredVersion) ?? throw Empty(ResultFile)).Version;
        if (version > StoredResult.Current)
        {
            throw new InvalidDataException(
                $"result.json has format {version}, and this program reads up to {StoredResult.Current}; use the program that wrote it");
        }

        using var timing = File.OpenRead(TimingFile);
        var files = new CellMatrices(
            Matrix<float>(ErrorsFile),
            Optional<float>(ScoresFile),
            Optional<float>(LabelsFile),
            () => Reading(() => Optional<double>(TransferFile)),
            () => Reading(() => Optional<double>(CosinesFile) is { } cosines
                ? new GradientPairs(cosines, Matrix<double>(ConflictsFile))
                : null),
            () => Reading(() => WeightFiles.ToDictionary(NameOf, Matrix<float>)),
            (JsonSerializer.Deserialize(timing, RunJson.Line.StoredTiming) ?? throw Empty(TimingFile)).Seconds);
        var read = version < StoredResult.Current
            ? JsonSerializer.Deserialize(result, RunJson.Line.EarlierResult)!.With(files, tasks)
            : JsonSerializer.Deserialize(result, RunJson.Line.StoredResult)!.With(files, tasks);
        return read with { EpochSeconds = EpochTimings.Median(TimingsFile) };
    });

    /// <summary>Reads the epochs of the training in order; empty for a variant that a solver fits.</summary>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <exception cref="UAmtflException">The file is damaged.</exception>
    public IReadOnlyList<EpochRecord> Epochs(TaskSet tasks) =>
        ReadingEpochs<IReadOnlyList<EpochRecord>>(() => [.. StoredEpochs().Select(epoch => epoch.ToRecord(tasks))]);

    /// <summary>Reads the epochs of the training in order, as they are stored; empty for a variant that a solver fits.</summary>
    /// <exception cref="UAmtflException">The file is damaged.</exception>
    public IReadOnlyList<StoredEpoch> ReadEpochs() => ReadingEpochs<IReadOnlyList<StoredEpoch>>(() => [.. StoredEpochs()]);

    /// <summary>Reads <c>result.json</c> of a finished cell, as it is stored.</summary>
    /// <exception cref="UAmtflException">The file cannot be read, or an earlier version wrote it.</exception>
    public StoredResult ReadStored() => Reading(
        () => JsonSerializer.Deserialize(File.ReadAllBytes(ResultFile), RunJson.Line.StoredResult) ?? throw Empty(ResultFile));

    /// <summary>Reads the files of the trained model of a finished cell; null if a program without saved models finished it.</summary>
    /// <exception cref="UAmtflException">A file cannot be read.</exception>
    public ModelFiles? ReadModel() => Reading(() =>
    {
        var (tensors, description) = (Path.Combine(path, ModelFiles.TensorsName), Path.Combine(path, ModelFiles.DescriptionName));
        return File.Exists(tensors) && File.Exists(description)
            ? new ModelFiles(File.ReadAllBytes(tensors), File.ReadAllBytes(description))
            : null;
    });

    private IEnumerable<StoredEpoch> StoredEpochs() => File.Exists(MetricsFile)
        ? File.ReadLines(MetricsFile).Select(line => JsonSerializer.Deserialize(line, RunJson.Line.StoredEpoch)!)
        : [];

    private T ReadingEpochs<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException
            or NullReferenceException or KeyNotFoundException)
        {
            throw new UAmtflException($"cannot read the epochs in {MetricsFile}: {e.Message}", e);
        }
    }

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            throw new UAmtflException($"cannot read the results in {path}: {e.Message}", e);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or NullReferenceException)
        {
            // A file can be valid JSON and still lack a task, or have null in its place.
            throw new UAmtflException($"cannot read the results in {path}: result.json is damaged", e);
        }
    }

    private static InvalidDataException Empty(string file) => new($"{Path.GetFileName(file)} is empty");

    private static string NameOf(string weightFile) => Path.GetFileName(weightFile)[WeightsPrefix.Length..^MatrixSuffix.Length];

    private void WriteWeights(IReadOnlyDictionary<string, float[][]> weights)
    {
        foreach (var stale in WeightFiles.Where(file => !weights.ContainsKey(NameOf(file))).ToList())
        {
            File.Delete(stale);
        }

        foreach (var (name, rows) in weights)
        {
            WriteOrDelete(Path.Combine(path, $"{WeightsPrefix}{name}{MatrixSuffix}"), rows);
        }
    }

    private void WriteModel(ModelFiles? model)
    {
        WriteOrDelete(Path.Combine(path, ModelFiles.TensorsName), model?.Tensors);
        WriteOrDelete(Path.Combine(path, ModelFiles.DescriptionName), model?.Description);
    }

    private static void WriteOrDelete(string file, byte[]? content)
    {
        if (content is null)
        {
            File.Delete(file);
        }
        else
        {
            WholeFile.Write(file, stream => stream.Write(content));
        }
    }

    /// <summary>Writes a matrix, or deletes its file if there is none, because a cell that is trained again must not keep a matrix of the
    /// earlier training.</summary>
    private static void WriteOrDelete<T>(string file, T[][]? rows)
        where T : unmanaged
    {
        if (rows is null)
        {
            File.Delete(file);
        }
        else
        {
            WholeFile.Write(file, stream => Npy.Write(stream, rows));
        }
    }

    private static T[][]? Optional<T>(string file)
        where T : unmanaged => File.Exists(file) ? Matrix<T>(file) : null;

    private static T[][] Matrix<T>(string file)
        where T : unmanaged
    {
        try
        {
            using var stream = new BufferedStream(File.OpenRead(file), 1 << 16);
            return Npy.Read<T>(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"{Path.GetFileName(file)} is damaged: {e.Message}", e);
        }
    }
}
