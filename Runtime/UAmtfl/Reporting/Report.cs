using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>A run's results with everything computed that a report says, whatever it is written as.</summary>
public sealed record Report
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>One line about it.</summary>
    public required string Title { get; init; }

    /// <summary>[T], the tasks' names.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>[T], how many test rows each task has (with the fewest of any seed, where seeds have their own test rows).</summary>
    public required IReadOnlyList<int> TestRows { get; init; }

    /// <summary>What a task's error is.</summary>
    public required string TaskMetric { get; init; }

    /// <summary>What the overall error is.</summary>
    public required string OverallMetric { get; init; }

    /// <summary>Whether errors are proportions in [0, 1], shown in per cent.</summary>
    public required bool Percent { get; init; }

    /// <summary>Whether all seeds were tested on the same rows.</summary>
    public required bool SharedTest { get; init; }

    /// <summary>The seeds that any variant finished, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The variant that transfer is measured against; null where the run has none with a finished cell.</summary>
    public required string? Baseline { get; init; }

    /// <summary>The variants asked for, methods first, then controls, otherwise as declared.</summary>
    public required IReadOnlyList<VariantReport> Variants { get; init; }

    /// <summary>The proposed variants against all others, or all against the baseline where none is proposed.</summary>
    public required IReadOnlyList<PairedComparison> Comparisons { get; init; }

    /// <summary>Cells that were asked for and have no usable result.</summary>
    public required IReadOnlyList<UnusableCell> Unusable { get; init; }

    /// <summary>Lines for the foot: machine, versions, schedule.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Computes a report.</summary>
    /// <param name="results">What was run. A seed counts as asked for when any variant finished it.</param>
    /// <exception cref="ArgumentException">A cell occurs twice, belongs to no variant, or its arrays do not fit the tasks.</exception>
    public static Report From(RunResults results) => new ReportBuilder(results).Build();
}

/// <summary>A variant's results over its seeds.</summary>
public sealed record VariantReport
{
    /// <summary>The variant.</summary>
    public required VariantInfo Info { get; init; }

    /// <summary>The seeds it finished, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The overall error over seeds.</summary>
    public required Summary Overall { get; init; }

    /// <summary>[T], the mean over seeds of each task's error; NaN where a task has no test row.</summary>
    public required IReadOnlyList<double> TaskErrors { get; init; }

    /// <summary>What sharing did to each task; null for the baseline, without a baseline, or without a seed in common with it.</summary>
    public TaskTransfers? Transfer { get; init; }

    /// <summary>[T][T], the mean over seeds of the learnt transfer |AS| from row to column; null where the method has none.</summary>
    public double[][]? LearntTransfer { get; init; }

    /// <summary>Curves by name, [epochs][values], means over seeds, as long as the shortest seed's. Their numbers are in the run's
    /// metrics already, so the JSON report leaves them out.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>Mean seconds of training a seed; NaN without a finished seed.</summary>
    public double Seconds { get; init; }
}

/// <summary>Two variants, paired by seed.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Other">What it is compared with.</param>
/// <param name="Difference">Overall error of <paramref name="Variant"/> − of <paramref name="Other"/> over the seeds both finished:
/// negative is better.</param>
/// <param name="P">Wilcoxon's two-sided exact p, not adjusted for the number of comparisons; NaN without a pair.</param>
/// <param name="SmallestP">The smallest p that so many pairs can reach.</param>
public sealed record PairedComparison(string Variant, string Other, Summary Difference, double P, double SmallestP);

/// <summary>A cell that the report had to do without, or that taints a mean.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Seed">The seed; null where no seed of the variant finished.</param>
/// <param name="Reason">«not finished», or which error is not a finite number.</param>
public sealed record UnusableCell(string Variant, int? Seed, string Reason);
