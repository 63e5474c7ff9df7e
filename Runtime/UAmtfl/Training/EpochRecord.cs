namespace UAmtfl.Training;

/// <summary>What one epoch measured: one line of a run's metrics. It holds no time, so that equal runs write equal files.</summary>
public sealed record EpochRecord
{
    /// <summary>1, 2, …</summary>
    public required int Epoch { get; init; }

    /// <summary>The point of the grid search, 0, 1, …; null without a search.</summary>
    public int? Point { get; init; }

    /// <summary>The learning rate of the epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean objective over the epoch's steps, without the weight decay.</summary>
    public required double Objective { get; init; }

    /// <summary>[T], tasks as declared: the mean data term of each over the epoch's steps.</summary>
    public required double[] TaskLosses { get; init; }

    /// <summary>The error over all tasks on the validation set (as <c>CellResult.OverallError</c>), where it was measured.</summary>
    public double? ValidationError { get; init; }

    /// <summary>[T], tasks as declared: the errors of the tasks on the validation set by their headline metrics, NaN where undefined; null
    /// unless early stopping watches tasks.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public double[]? TaskValidationErrors { get; init; }

    /// <summary>What the user should know of the steps so far, one line; null for nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Notice { get; init; }

    /// <summary>Learnt quantities by name, <c>sigma</c> for one: [T] by task as declared, or [1] for one that all tasks share.</summary>
    public IReadOnlyDictionary<string, double[]> Traces { get; init; } = new Dictionary<string, double[]>();
}
