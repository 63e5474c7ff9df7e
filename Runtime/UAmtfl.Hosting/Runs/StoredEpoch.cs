using System.Text.Json.Serialization;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>A line of <c>metrics.jsonl</c>, which is an <see cref="EpochRecord"/> with the values of tasks under their names.</summary>
internal sealed record StoredEpoch
{
    /// <inheritdoc cref="EpochRecord.Epoch"/>
    public required int Epoch { get; init; }

    /// <inheritdoc cref="EpochRecord.Point"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Point { get; init; }

    /// <inheritdoc cref="EpochRecord.LearningRate"/>
    public required double LearningRate { get; init; }

    /// <inheritdoc cref="EpochRecord.Objective"/>
    public required double Objective { get; init; }

    /// <inheritdoc cref="EpochRecord.TaskLosses"/>
    public required Dictionary<string, double> TaskLosses { get; init; }

    /// <summary>The validation error in its unit; null if it was not measured, or tasks have different metrics.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationError { get; init; }

    /// <summary>The validation error divided by the mean predictor's; null if it was not measured, or all tasks have the same
    /// metric.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ValidationRelativeError { get; init; }

    /// <summary>The learnt quantities of each task, by name and task.</summary>
    public required Dictionary<string, Dictionary<string, double>> Traces { get; init; }

    /// <summary>The learnt quantities that all tasks share, by name; null if there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, double[]>? SharedTraces { get; init; }

    /// <summary>Creates the line of an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="tasks">The tasks, in any order.</param>
    public static StoredEpoch Of(EpochRecord epoch, TaskSet tasks)
    {
        var names = new TaskNames(tasks);
        var mixed = tasks.CommonMetric is null;
        return new()
        {
            Epoch = epoch.Epoch,
            Point = epoch.Point,
            LearningRate = epoch.LearningRate,
            Objective = epoch.Objective,
            TaskLosses = names.Object(epoch.TaskLosses),
            ValidationError = mixed ? null : epoch.ValidationError,
            ValidationRelativeError = mixed ? epoch.ValidationError : null,
            Traces = epoch.Traces.Where(t => names.Fits([t.Value])).ToDictionary(t => t.Key, t => names.Object(t.Value)),
            SharedTraces = epoch.Traces.Where(t => !names.Fits([t.Value])).ToDictionary() is { Count: > 0 } shared ? shared : null,
        };
    }

    /// <summary>Returns the record of the epoch, without its notice.</summary>
    /// <param name="tasks">The tasks, in any order.</param>
    /// <exception cref="InvalidDataException">A task is missing.</exception>
    public EpochRecord ToRecord(TaskSet tasks)
    {
        var names = new TaskNames(tasks);
        return new()
        {
            Epoch = Epoch,
            Point = Point,
            LearningRate = LearningRate,
            Objective = Objective,
            TaskLosses = names.Array(TaskLosses),
            ValidationError = ValidationError ?? ValidationRelativeError,
            Traces = Traces.ToDictionary(t => t.Key, t => names.Array(t.Value)).Concat(SharedTraces ?? []).ToDictionary(),
        };
    }
}
