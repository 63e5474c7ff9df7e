using System.Text.Json.Serialization;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary><c>result.json</c>: a <see cref="CellResult"/> with its task values under the tasks' names. What it says of each test row is in
/// <c>test-*.npy</c>, its learnt transfer in <c>transfer.npy</c>, and its time in <c>timing.json</c>, so that equal runs write equal
/// files.</summary>
internal sealed record StoredResult
{
    /// <summary>The format that is written. The first named none and had neither metrics nor training counts; up to the second, task
    /// values were arrays (<see cref="EarlierResult"/>).</summary>
    public const int Current = 3;

    /// <summary>The format of the file.</summary>
    public int Version { get; init; }

    /// <inheritdoc cref="CellResult.Variant"/>
    public required string Variant { get; init; }

    /// <inheritdoc cref="CellResult.Seed"/>
    public required int Seed { get; init; }

    /// <summary>The tasks as declared: the columns of <c>test-*.npy</c>, the rows and columns of <c>transfer.npy</c>.</summary>
    public required string[] Tasks { get; init; }

    /// <summary>The error over all tasks in its unit; absent where tasks have different metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OverallError { get; init; }

    /// <inheritdoc cref="CellResult.RelativeError"/>
    public double RelativeError { get; init; } = double.NaN;

    /// <inheritdoc cref="CellResult.TaskErrors"/>
    public required Dictionary<string, double> TaskErrors { get; init; }

    /// <inheritdoc cref="CellResult.TaskLosses"/>
    public required Dictionary<string, double> TaskLosses { get; init; }

    /// <inheritdoc cref="CellResult.SharedTest"/>
    public required bool SharedTest { get; init; }

    /// <summary>By metric and task, as <see cref="CellResult.TaskMetrics"/>.</summary>
    public required Dictionary<string, Dictionary<string, double>> TaskMetrics { get; init; }

    /// <inheritdoc cref="CellResult.ConstantPredictions"/>
    public required Dictionary<string, bool> ConstantPredictions { get; init; }

    /// <inheritdoc cref="CellResult.TrainCounts"/>
    public required Dictionary<string, double> TrainCounts { get; init; }

    /// <summary>As <see cref="OverallError"/>, on the validation set; absent where tasks have different metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationError { get; init; }

    /// <summary>As <see cref="RelativeError"/>, on the validation set; only where tasks have different metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationRelativeError { get; init; }

    /// <summary>By name and task, as <see cref="CellResult.Chosen"/>.</summary>
    public required Dictionary<string, Dictionary<string, double>> Chosen { get; init; }

    /// <inheritdoc cref="CellResult.Certificate"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Evaluation.Certificate? Certificate { get; init; }

    /// <summary>The grid search that the cell is the best point of; empty without one.</summary>
    public IReadOnlyList<StoredPoint> Search { get; init; } = [];

    /// <summary>By name and task, [epochs]: curves that each task has.</summary>
    public required Dictionary<string, Dictionary<string, double[]>> Traces { get; init; }

    /// <summary>By name, [epochs][values]: curves that all tasks share; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, double[][]>? SharedTraces { get; init; }

    /// <inheritdoc cref="CellResult.Optimizer"/>
    public string Optimizer { get; init; } = "";

    /// <inheritdoc cref="CellResult.Notice"/>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Notice { get; init; }

    /// <inheritdoc cref="CellResult.Files"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Data.ReadFile>? DataFiles { get; init; }

    /// <summary>What of a result goes into the file.</summary>
    /// <param name="result">The result.</param>
    /// <param name="tasks">The tasks, in any order.</param>
    public static StoredResult Of(CellResult result, TaskSet tasks)
    {
        var names = new TaskNames(tasks);
        var mixed = tasks.CommonMetric is null;
        return new()
        {
            Version = Current,
            Variant = result.Variant,
            Seed = result.Seed,
            Tasks = [.. names.All],
            OverallError = mixed ? null : result.OverallError,
            RelativeError = result.RelativeError,
            TaskErrors = names.Object(result.TaskErrors),
            TaskLosses = names.Object(result.TaskLosses),
            SharedTest = result.SharedTest,
            TaskMetrics = result.TaskMetrics.ToDictionary(m => m.Key, m => names.Object(m.Value)),
            ConstantPredictions = names.Object(result.ConstantPredictions),
            TrainCounts = names.Object(result.TrainCounts),
            ValidationError = mixed ? null : result.ValidationError,
            ValidationRelativeError = mixed ? result.ValidationError : null,
            Chosen = result.Chosen.ToDictionary(c => c.Key, c => names.Object(c.Value)),
            Certificate = result.Certificate,
            Search = [.. result.Search.Select(p =>
                new StoredPoint(p.Values, mixed ? null : p.ValidationError, mixed ? p.ValidationError : null, p.Problem))],
            Traces = result.Traces.Where(t => names.Fits(t.Value)).ToDictionary(
                t => t.Key,
                t => names.Object([.. names.All.Select((_, task) => Array.ConvertAll(t.Value, epoch => epoch[task]))])),
            SharedTraces = result.Traces.Where(t => !names.Fits(t.Value)).ToDictionary() is { Count: > 0 } shared ? shared : null,
            Optimizer = result.Optimizer,
            Notice = result.Notice,
            DataFiles = result.Files.Count == 0 ? null : result.Files,
        };
    }

    /// <summary>The whole result again.</summary>
    /// <param name="files">What is stored beside.</param>
    /// <param name="tasks">The tasks, in any order.</param>
    /// <exception cref="InvalidDataException">The file is of other tasks.</exception>
    public CellResult With(CellMatrices files, TaskSet tasks)
    {
        var names = new TaskNames(tasks);
        if (!Tasks.SequenceEqual(names.All))
        {
            throw new InvalidDataException("result.json is of other tasks than the experiment has; use the program that wrote it");
        }

        var mixed = tasks.CommonMetric is null;
        return new()
        {
            Variant = Variant,
            Seed = Seed,
            OverallError = (mixed ? RelativeError : OverallError) ?? double.NaN,
            RelativeError = RelativeError,
            TaskErrors = names.Array(TaskErrors),
            TaskLosses = names.Array(TaskLosses),
            SharedTest = SharedTest,
            TaskMetrics = TaskMetrics.ToDictionary(m => m.Key, m => names.Array(m.Value)),
            ConstantPredictions = names.Array(ConstantPredictions),
            TrainCounts = names.Array(TrainCounts),
            ValidationError = (mixed ? ValidationRelativeError : ValidationError) ?? double.NaN,
            Chosen = Chosen.ToDictionary(c => c.Key, c => names.Array(c.Value)),
            Certificate = Certificate,
            Search = [.. Search.Select(p =>
                new SearchedPoint(p.Values, (mixed ? p.ValidationRelativeError : p.ValidationError) ?? double.NaN, p.Problem))],
            Traces = Traces.ToDictionary(t => t.Key, t => Curves(names.Array(t.Value)))
                .Concat(SharedTraces ?? []).ToDictionary(),
            Optimizer = Optimizer,
            Notice = Notice,
            Files = DataFiles ?? [],
            RowErrors = files.Errors,
            Scores = files.Scores,
            Labels = files.Labels,
            TransferSource = files.Transfer,
            Seconds = files.Seconds,
        };
    }

    /// <summary>[epochs][T] of [T][epochs].</summary>
    private static double[][] Curves(double[][] tasks) =>
        tasks.Length == 0 ? [] : [.. tasks[0].Select((_, epoch) => System.Array.ConvertAll(tasks, task => task[epoch]))];
}

/// <summary>What is stored of a cell beside <c>result.json</c>.</summary>
/// <param name="Errors">[N][T].</param>
/// <param name="Scores">[N][T]; null where none were stored.</param>
/// <param name="Labels">[N][T]; null where none were stored.</param>
/// <param name="Transfer">Reads [T][T]; gives null where none was stored.</param>
/// <param name="Seconds">The time.</param>
internal sealed record CellMatrices(float[][] Errors, float[][]? Scores, float[][]? Labels, Func<double[][]?> Transfer, double Seconds);

/// <summary>One point of a grid search, with its validation error under the name of its unit.</summary>
/// <param name="Values">As <see cref="SearchedPoint.Values"/>.</param>
/// <param name="ValidationError">As <see cref="StoredResult.ValidationError"/>.</param>
/// <param name="ValidationRelativeError">As <see cref="StoredResult.ValidationRelativeError"/>.</param>
/// <param name="Problem">As <see cref="SearchedPoint.Problem"/>.</param>
internal sealed record StoredPoint(
    IReadOnlyDictionary<string, double> Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ValidationError,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ValidationRelativeError,
    string? Problem);

/// <summary><c>timing.json</c>.</summary>
/// <param name="Seconds">Seconds of training.</param>
internal sealed record StoredTiming(double Seconds);

/// <summary>The first thing that is read of <c>result.json</c>.</summary>
/// <param name="Version">The format; 0 in the first.</param>
internal sealed record StoredVersion(int Version);
