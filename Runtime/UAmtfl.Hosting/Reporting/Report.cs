using System.Text.Json.Serialization;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Tasks;

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

    /// <summary>[T], the mean over runs of how many training labels each task had; empty where the results do not say.</summary>
    public required IReadOnlyList<double> TrainCounts { get; init; }

    /// <summary>[T], what each task predicts.</summary>
    public required IReadOnlyList<TaskKind> Kinds { get; init; }

    /// <summary>[T], the headline metric of each task.</summary>
    public required IReadOnlyList<TaskMetric> Metrics { get; init; }

    /// <summary>[T], the variance of each regression's test labels, which is the squared error of predicting their mean; NaN for other tasks and
    /// where the results do not say.</summary>
    public IReadOnlyList<double> LabelVariances { get; init; } = [];

    /// <summary>True if the tasks are the classes of one problem.</summary>
    public required bool OneVsAll { get; init; }

    /// <summary>The tasks by headline metric: one group, unless kinds of tasks are mixed.</summary>
    [JsonIgnore]
    public IReadOnlyList<MetricGroup> Groups => MetricGroup.Of(Metrics);

    /// <summary>True if all seeds were tested on the same rows.</summary>
    public required bool SharedTest { get; init; }

    /// <summary>The seeds that were asked for, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The variant that transfer is measured against; null where the run has none with a finished cell.</summary>
    public required string? Baseline { get; init; }

    /// <summary>Every variant that negative transfer is counted against: the baseline, then those marked as references; the finished
    /// ones.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>How the methods rank over the tasks; null below two methods or two tasks.</summary>
    public required RankReport? Ranks { get; init; }

    /// <summary>The variants asked for, methods first, then controls, otherwise as declared.</summary>
    public required IReadOnlyList<VariantReport> Variants { get; init; }

    /// <summary>The proposed variants against all others, or all against the baseline where none is proposed.</summary>
    public required IReadOnlyList<PairedComparison> Comparisons { get; init; }

    /// <summary>Cells that were asked for and have no usable result.</summary>
    public required IReadOnlyList<UnusableCell> Unusable { get; init; }

    /// <summary>Cells whose solver stopped short of its tolerance; what they measured is in the means.</summary>
    public IReadOnlyList<UnconvergedCell> Unconverged { get; init; } = [];

    /// <summary>Lines for the foot: machine, versions, schedule.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Computes a report.</summary>
    /// <param name="results">What was run.</param>
    /// <exception cref="ArgumentException">A cell occurs twice, belongs to no variant or seed, or its arrays do not fit the
    /// tasks.</exception>
    public static Report From(RunResults results) => new ReportBuilder(results).Build();
}

/// <summary>A variant's results over its seeds.</summary>
public sealed record VariantReport
{
    /// <summary>The variant.</summary>
    public required VariantInfo Info { get; init; }

    /// <summary>The seeds it finished, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>[groups], the headline metric over the tasks of each group, over seeds: as it is, higher or lower being better.</summary>
    public required IReadOnlyList<Summary> Overall { get; init; }

    /// <summary>The relative error over all tasks (<see cref="Evaluation.RelativeError"/>) over seeds; lower is better, 1 is the mean
    /// predictor.</summary>
    public Summary Relative { get; init; }

    /// <summary>[T], the mean over seeds of each task's headline metric; NaN where it is undefined in a run, or the task has no test
    /// row.</summary>
    public required IReadOnlyList<double> TaskValues { get; init; }

    /// <summary>By metric, [T]: the mean over seeds of every metric that a task has, NaN where it is undefined in a run.</summary>
    public required IReadOnlyDictionary<string, double[]> TaskMetrics { get; init; }

    /// <summary>The tasks whose prediction is the same on all test rows in at least one run.</summary>
    public required IReadOnlyList<int> ConstantTasks { get; init; }

    /// <summary>What sharing did to each task; null for the baseline, without a baseline, or without a seed in common with it.</summary>
    public TaskTransfers? Transfer { get; init; }

    /// <summary><see cref="Transfer"/> in a few numbers; null with it.</summary>
    public TransferSummary? Summary { get; init; }

    /// <summary>Negative transfer against every one of <see cref="Report.References"/> that is another variant and shares a finished
    /// seed.</summary>
    public required IReadOnlyList<ReferenceTransfer> Against { get; init; }

    /// <summary>The learnt transfer; null where the method has none, or there is one task.</summary>
    public LearntTransfer? LearntTransfer { get; init; }

    /// <summary>Curves by name, [epochs][values], means over seeds, as long as the shortest seed's. Their numbers are in the run's
    /// metrics already, so the JSON report leaves them out.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>Mean seconds of training a seed; NaN without a finished seed.</summary>
    public double Seconds { get; init; }

    /// <summary>What the user should know of its trainings (<see cref="Evaluation.CellResult.Notice"/>), each once.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

/// <summary>Two variants, paired by seed.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Other">What it is compared with.</param>
/// <param name="Metric">What is compared, over the tasks that have it as their headline; null for the relative error over all tasks.</param>
/// <param name="Difference">The value of <paramref name="Variant"/> − of <paramref name="Other"/> over the seeds both finished, turned
/// around where higher is better: negative is better.</param>
/// <param name="P">Wilcoxon's two-sided exact p, not adjusted for the number of comparisons; NaN without a pair.</param>
/// <param name="SmallestP">The smallest p that so many pairs can reach.</param>
public sealed record PairedComparison(string Variant, string Other, TaskMetric? Metric, Summary Difference, double P, double SmallestP);

/// <summary>A cell whose solver stopped short of its tolerance.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Problem">How far it got: «stopped after 2000 rounds with …».</param>
public sealed record UnconvergedCell(string Variant, int Seed, string Problem);

/// <summary>A cell that the report had to do without, or that taints a mean.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Seed">The seed; null where no seed of the variant finished.</param>
/// <param name="Reason">«not finished», or which error is not a finite number.</param>
public sealed record UnusableCell(string Variant, int? Seed, string Reason);
