using UAmtfl.Evaluation;

namespace UAmtfl.Hosting;

/// <summary><c>result.json</c>: a <see cref="CellResult"/> without what it says of each test row, which is in <c>test-*.npy</c>, and
/// without the time, so that equal runs write equal files.</summary>
internal sealed record StoredResult
{
    /// <summary>The format that is written.</summary>
    public const int Current = 2;

    /// <summary>The format of the file; 0 in the first, which named none and had neither metrics nor training counts.</summary>
    public int Version { get; init; }

    /// <inheritdoc cref="CellResult.Variant"/>
    public required string Variant { get; init; }

    /// <inheritdoc cref="CellResult.Seed"/>
    public required int Seed { get; init; }

    /// <inheritdoc cref="CellResult.OverallError"/>
    public required double OverallError { get; init; }

    /// <inheritdoc cref="CellResult.TaskErrors"/>
    public required double[] TaskErrors { get; init; }

    /// <inheritdoc cref="CellResult.TaskLosses"/>
    public required double[] TaskLosses { get; init; }

    /// <inheritdoc cref="CellResult.SharedTest"/>
    public required bool SharedTest { get; init; }

    /// <inheritdoc cref="CellResult.TaskMetrics"/>
    public IReadOnlyDictionary<string, double[]>? TaskMetrics { get; init; }

    /// <inheritdoc cref="CellResult.ConstantPredictions"/>
    public bool[]? ConstantPredictions { get; init; }

    /// <inheritdoc cref="CellResult.TrainCounts"/>
    public double[]? TrainCounts { get; init; }

    /// <inheritdoc cref="CellResult.ValidationError"/>
    public double ValidationError { get; init; } = double.NaN;

    /// <inheritdoc cref="CellResult.Chosen"/>
    public IReadOnlyDictionary<string, double[]> Chosen { get; init; } = new Dictionary<string, double[]>();

    /// <inheritdoc cref="CellResult.Search"/>
    public IReadOnlyList<SearchedPoint> Search { get; init; } = [];

    /// <inheritdoc cref="CellResult.Transfer"/>
    public double[][]? Transfer { get; init; }

    /// <inheritdoc cref="CellResult.Traces"/>
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <inheritdoc cref="CellResult.Optimizer"/>
    public string Optimizer { get; init; } = "";

    /// <summary>What of a result goes into the file.</summary>
    public static StoredResult Of(CellResult result) => new()
    {
        Version = Current,
        Variant = result.Variant,
        Seed = result.Seed,
        OverallError = result.OverallError,
        TaskErrors = result.TaskErrors,
        TaskLosses = result.TaskLosses,
        SharedTest = result.SharedTest,
        TaskMetrics = result.TaskMetrics,
        ConstantPredictions = result.ConstantPredictions,
        TrainCounts = result.TrainCounts,
        ValidationError = result.ValidationError,
        Chosen = result.Chosen,
        Search = result.Search,
        Transfer = result.Transfer,
        Traces = result.Traces,
        Optimizer = result.Optimizer,
    };

    /// <summary>The whole result again.</summary>
    /// <param name="rowErrors">[N][T].</param>
    /// <param name="scores">[N][T]; null where none were stored.</param>
    /// <param name="labels">[N][T]; null where none were stored.</param>
    /// <param name="seconds">The time.</param>
    public CellResult With(float[][] rowErrors, float[][]? scores, float[][]? labels, double seconds) => new()
    {
        Variant = Variant,
        Seed = Seed,
        OverallError = OverallError,
        TaskErrors = TaskErrors,
        TaskLosses = TaskLosses,
        SharedTest = SharedTest,
        TaskMetrics = TaskMetrics ?? new Dictionary<string, double[]>(),
        ConstantPredictions = ConstantPredictions ?? [],
        TrainCounts = TrainCounts ?? [],
        ValidationError = ValidationError,
        Chosen = Chosen,
        Search = Search,
        Transfer = Transfer,
        Traces = Traces,
        Optimizer = Optimizer,
        RowErrors = rowErrors,
        Scores = scores,
        Labels = labels,
        Seconds = seconds,
    };
}

/// <summary><c>timing.json</c>.</summary>
/// <param name="Seconds">Seconds of training.</param>
internal sealed record StoredTiming(double Seconds);
