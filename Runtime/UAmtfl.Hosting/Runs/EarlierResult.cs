using UAmtfl.Evaluation;
using UAmtfl.Tasks;

namespace UAmtfl.Hosting;

/// <summary>The contents of <c>result.json</c> up to format 2, in which tasks are arrays in the order of the network, as in the
/// <c>test-*.npy</c> beside it.</summary>
internal sealed record EarlierResult
{
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

    /// <summary>Returns the whole result, with the tasks as declared.</summary>
    /// <param name="files">The matrices that are stored beside <c>result.json</c>.</param>
    /// <param name="tasks">The tasks, in the network's order.</param>
    public CellResult With(CellMatrices files, TaskSet tasks)
    {
        var order = new DeclaredOrder(tasks);
        return new()
        {
            Variant = Variant,
            Seed = Seed,
            OverallError = tasks.CommonMetric is null ? double.NaN : OverallError,
            TaskErrors = order.Of(TaskErrors),
            TaskLosses = order.Of(TaskLosses),
            SharedTest = SharedTest,
            TaskMetrics = (TaskMetrics ?? new Dictionary<string, double[]>()).ToDictionary(m => m.Key, m => order.Of(m.Value)),
            ConstantPredictions = ConstantPredictions is null ? [] : order.Of(ConstantPredictions),
            TrainCounts = TrainCounts is null ? [] : order.Of(TrainCounts),
            ValidationError = ValidationError,
            Chosen = Chosen.ToDictionary(c => c.Key, c => order.Of(c.Value)),
            Search = Search,
            Transfer = Transfer is null ? null : order.Matrix(Transfer),
            Traces = Traces.ToDictionary(
                t => t.Key, t => Array.ConvertAll(t.Value, epoch => epoch.Length == tasks.Count ? order.Of(epoch) : epoch)),
            Optimizer = Optimizer,
            RowErrors = Array.ConvertAll(files.Errors, row => order.Of(row)),
            Scores = files.Scores is null ? null : Array.ConvertAll(files.Scores, row => order.Of(row)),
            Labels = files.Labels is null ? null : Array.ConvertAll(files.Labels, row => order.Of(row)),
            Seconds = files.Seconds,
        };
    }
}
