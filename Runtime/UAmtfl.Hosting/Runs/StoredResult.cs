using System.Text.Json.Serialization;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>The contents of <c>result.json</c>, which is a <see cref="CellResult"/> with the values of tasks under their names. The
/// values of each test row are in <c>test-*.npy</c>, the learnt transfer in <c>transfer.npy</c>, the pairs of gradients in
/// <c>gradient-*.npy</c>, the weights in <c>weights-*.npy</c>, and the time in <c>timing.json</c>, because equal runs then write equal
/// files.</summary>
internal sealed record StoredResult
{
    /// <summary>The number of the format that is written. The first format had no number, no metrics and no training counts; up to the
    /// second, values of tasks were arrays (<see cref="EarlierResult"/>).</summary>
    public const int Current = 3;

    /// <summary>The number of the file's format.</summary>
    public int Version { get; init; }

    /// <inheritdoc cref="CellResult.Variant"/>
    public required string Variant { get; init; }

    /// <inheritdoc cref="CellResult.Seed"/>
    public required int Seed { get; init; }

    /// <summary>The names of the tasks as declared, which is the order of the columns of <c>test-*.npy</c> and of the rows and columns of
    /// <c>transfer.npy</c> and <c>gradient-*.npy</c>.</summary>
    public required string[] Tasks { get; init; }

    /// <summary>The error over all tasks in its unit; null if tasks have different metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OverallError { get; init; }

    /// <inheritdoc cref="CellResult.RelativeError"/>
    public double RelativeError { get; init; } = double.NaN;

    /// <inheritdoc cref="CellResult.LeftOut"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, bool>? LeftOut { get; init; }

    /// <inheritdoc cref="CellResult.TaskErrors"/>
    public required Dictionary<string, double> TaskErrors { get; init; }

    /// <inheritdoc cref="CellResult.TaskLosses"/>
    public required Dictionary<string, double> TaskLosses { get; init; }

    /// <inheritdoc cref="CellResult.SharedTest"/>
    public required bool SharedTest { get; init; }

    /// <summary>The values of every metric, by metric and task, as in <see cref="CellResult.TaskMetrics"/>.</summary>
    public required Dictionary<string, Dictionary<string, double>> TaskMetrics { get; init; }

    /// <inheritdoc cref="CellResult.ConstantPredictions"/>
    public required Dictionary<string, bool> ConstantPredictions { get; init; }

    /// <inheritdoc cref="CellResult.TrainCounts"/>
    public required Dictionary<string, double> TrainCounts { get; init; }

    /// <summary>The error over all tasks on the validation set, in its unit; null if tasks have different metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationError { get; init; }

    /// <summary>The error over all tasks on the validation set, divided by the mean predictor's; null if all tasks have the same
    /// metric.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationRelativeError { get; init; }

    /// <summary>The hyper-parameters that a solver chose, by name and task, as in <see cref="CellResult.Chosen"/>.</summary>
    public required Dictionary<string, Dictionary<string, double>> Chosen { get; init; }

    /// <inheritdoc cref="CellResult.Certificate"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Evaluation.Certificate? Certificate { get; init; }

    /// <summary>The points of the grid search whose best point the cell is; empty if there was no search.</summary>
    public IReadOnlyList<StoredPoint> Search { get; init; } = [];

    /// <summary>The curves that each task has, [epochs], by name and task.</summary>
    public required Dictionary<string, Dictionary<string, double[]>> Traces { get; init; }

    /// <summary>The curves that all tasks share, [epochs][values], by name; null if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, double[][]>? SharedTraces { get; init; }

    /// <inheritdoc cref="CellResult.Optimizer"/>
    public string Optimizer { get; init; } = "";

    /// <inheritdoc cref="CellResult.Notice"/>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Notice { get; init; }

    /// <inheritdoc cref="CellResult.TestedEpochs"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int[]? TestedEpochs { get; init; }

    /// <inheritdoc cref="CellResult.Monitor"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Monitor { get; init; }

    /// <inheritdoc cref="CellResult.WeakLabels"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WeakSupervision.WeakReport? WeakLabels { get; init; }

    /// <inheritdoc cref="CellResult.Files"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Data.ReadFile>? DataFiles { get; init; }

    /// <summary>Creates the contents of the file from a result.</summary>
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
            LeftOut = result.LeftOut.Length == 0 ? null : names.Object(result.LeftOut),
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
            TestedEpochs = result.TestedEpochs,
            Monitor = result.Monitor,
            WeakLabels = result.WeakLabels,
            DataFiles = result.Files.Count == 0 ? null : result.Files,
        };
    }

    /// <summary>Returns the whole result.</summary>
    /// <param name="files">The matrices that are stored beside <c>result.json</c>.</param>
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
            LeftOut = LeftOut is null ? [] : names.Array(LeftOut),
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
            TestedEpochs = TestedEpochs,
            Monitor = Monitor,
            WeakLabels = WeakLabels,
            Files = DataFiles ?? [],
            RowErrors = files.Errors,
            Scores = files.Scores,
            Labels = files.Labels,
            TransferSource = files.Transfer,
            GradientsSource = files.Gradients,
            WeightsSource = files.Weights,
            Seconds = files.Seconds,
        };
    }

    /// <summary>Transposes curves from [T][epochs] to [epochs][T].</summary>
    private static double[][] Curves(double[][] tasks) =>
        tasks.Length == 0 ? [] : [.. tasks[0].Select((_, epoch) => System.Array.ConvertAll(tasks, task => task[epoch]))];
}

/// <summary>The values of a cell that are stored beside <c>result.json</c>.</summary>
/// <param name="Errors">The errors of the test rows, [N][T].</param>
/// <param name="Scores">The scores of the test rows, [N][T]; null if none were stored.</param>
/// <param name="Labels">The labels of the test rows, [N][T]; null if none were stored.</param>
/// <param name="Transfer">Reads the learnt transfer, [T][T], or returns null if none was stored.</param>
/// <param name="Gradients">Reads the cosines and conflicts of pairs of gradients, or returns null if none were stored.</param>
/// <param name="Weights">Reads the weight matrices by the names of their parameters.</param>
/// <param name="Seconds">The seconds that the training took.</param>
internal sealed record CellMatrices(
    float[][] Errors,
    float[][]? Scores,
    float[][]? Labels,
    Func<double[][]?> Transfer,
    Func<GradientPairs?> Gradients,
    Func<IReadOnlyDictionary<string, float[][]>> Weights,
    double Seconds);

/// <summary>One point of a grid search, with its validation error under the name of its unit.</summary>
/// <param name="Values">The hyper-parameters by name.</param>
/// <param name="ValidationError">The validation error in its unit; null if tasks have different metrics.</param>
/// <param name="ValidationRelativeError">The validation error divided by the mean predictor's; null if all tasks have the same
/// metric.</param>
/// <param name="Problem">The reason for which the training failed; null if it did not.</param>
internal sealed record StoredPoint(
    IReadOnlyDictionary<string, double> Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ValidationError,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ValidationRelativeError,
    string? Problem);

/// <summary>The contents of <c>timing.json</c>.</summary>
/// <param name="Seconds">The seconds that the training took.</param>
internal sealed record StoredTiming(double Seconds);

/// <summary>The number of the format in <c>result.json</c>, which is read before the rest.</summary>
/// <param name="Version">The number of the format; 0 for the first.</param>
internal sealed record StoredVersion(int Version);
