using UAmtfl.Hosting;

namespace UAmtfl.Reporting;

/// <summary>Everything that a report is made of: what was run, and what each finished run measured.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Title">One line about it.</param>
/// <param name="Tasks">The tasks' names, in the order of every per-task array below.</param>
/// <param name="TaskMetric">What <see cref="CellResult.TaskErrors"/> are, for a table's heading: «error %» or «squared error».</param>
/// <param name="Percent">Whether the errors are proportions in [0, 1], shown in per cent.</param>
/// <param name="OverallMetric">What <see cref="CellResult.OverallError"/> is: «test error %», «mean error %», «mean squared error».</param>
/// <param name="SharedTest">Whether all seeds were tested on the same rows in the same order.</param>
/// <param name="Variants">The variants that were asked for, as declared.</param>
/// <param name="Cells">The finished ones; some may be missing.</param>
/// <param name="Facts">Lines for the report's foot: machine, versions, threads, git commit, schedule.</param>
public sealed record RunResults(
    string Experiment,
    string Title,
    IReadOnlyList<string> Tasks,
    string TaskMetric,
    bool Percent,
    string OverallMetric,
    bool SharedTest,
    IReadOnlyList<VariantInfo> Variants,
    IReadOnlyList<CellResult> Cells,
    IReadOnlyList<string> Facts);

/// <summary>A variant, for the report.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Composition">What it is composed of.</param>
/// <param name="Role">What it is to the report.</param>
public sealed record VariantInfo(string Name, string Composition, VariantRole Role);

/// <summary>What one variant with one seed measured on the test set.</summary>
public sealed record CellResult
{
    /// <summary>The variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The error over all tasks: the multi-class error of one-vs-all tasks, else the mean of the task errors.</summary>
    public required double OverallError { get; init; }

    /// <summary>[T], the error of each task; NaN where a task has no test row.</summary>
    public required double[] TaskErrors { get; init; }

    /// <summary>[T], the mean loss of each task (cross-entropy, squared error).</summary>
    public required double[] TaskLosses { get; init; }

    /// <summary>[N][T], the error of each task on each test row (0 or 1, or a squared error); NaN where the row is not one of the
    /// task's. The mean of a column without its NaNs is the task's error.</summary>
    public required float[][] RowErrors { get; init; }

    /// <summary>[T][T], the learnt transfer from row to column (|AS|); null where the method has none.</summary>
    public double[][]? Transfer { get; init; }

    /// <summary>Curves over epochs by name, [epochs][values]: <c>sigma</c> has one value a task, or one for all.</summary>
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>Seconds of training.</summary>
    public double Seconds { get; init; }
}
