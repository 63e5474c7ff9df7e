using UAmtfl.Evaluation;

namespace UAmtfl.Hosting;

/// <summary><c>result.json</c>: a <see cref="CellResult"/> without the row errors, which are in <c>test-errors.npy</c>, and without
/// the time, so that equal runs write equal files.</summary>
internal sealed record StoredResult
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

    /// <inheritdoc cref="CellResult.Transfer"/>
    public double[][]? Transfer { get; init; }

    /// <inheritdoc cref="CellResult.Traces"/>
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <inheritdoc cref="CellResult.Optimizer"/>
    public string Optimizer { get; init; } = "";

    /// <summary>What of a result goes into the file.</summary>
    public static StoredResult Of(CellResult result) => new()
    {
        Variant = result.Variant,
        Seed = result.Seed,
        OverallError = result.OverallError,
        TaskErrors = result.TaskErrors,
        TaskLosses = result.TaskLosses,
        SharedTest = result.SharedTest,
        Transfer = result.Transfer,
        Traces = result.Traces,
        Optimizer = result.Optimizer,
    };

    /// <summary>The whole result again.</summary>
    public CellResult With(float[][] rowErrors, double seconds) => new()
    {
        Variant = Variant,
        Seed = Seed,
        OverallError = OverallError,
        TaskErrors = TaskErrors,
        TaskLosses = TaskLosses,
        SharedTest = SharedTest,
        Transfer = Transfer,
        Traces = Traces,
        Optimizer = Optimizer,
        RowErrors = rowErrors,
        Seconds = seconds,
    };
}

/// <summary><c>timing.json</c>.</summary>
/// <param name="Seconds">Seconds of training.</param>
internal sealed record StoredTiming(double Seconds);
