using System.Text.Json.Serialization;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>The report of a run, with every number computed that any of its formats shows.</summary>
public sealed record Report
{
    /// <summary>The name of the experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>A line that describes the experiment.</summary>
    public required string Title { get; init; }

    /// <summary>The names of the tasks, [T].</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>The number of test rows of each task, [T]; the smallest over seeds if seeds have their own test rows.</summary>
    public required IReadOnlyList<int> TestRows { get; init; }

    /// <summary>The mean over runs of the number of training labels of each task, [T]; empty if the results do not record it.</summary>
    public required IReadOnlyList<double> TrainCounts { get; init; }

    /// <summary>The kind of each task, [T].</summary>
    public required IReadOnlyList<TaskKind> Kinds { get; init; }

    /// <summary>The headline metric of each task, [T].</summary>
    public required IReadOnlyList<TaskMetric> Metrics { get; init; }

    /// <summary>The variance of each regression's test labels, [T], which is the squared error of predicting their mean; NaN for other
    /// tasks, and if the results do not record it.</summary>
    public IReadOnlyList<double> LabelVariances { get; init; } = [];

    /// <summary>True if the tasks are the classes of one problem.</summary>
    public required bool OneVsAll { get; init; }

    /// <summary>The groups of tasks with the same headline metric; one group, unless kinds of tasks are mixed.</summary>
    [JsonIgnore]
    public IReadOnlyList<MetricGroup> Groups => MetricGroup.Of(Metrics);

    /// <summary>True if all seeds were tested on the same rows.</summary>
    public required bool SharedTest { get; init; }

    /// <summary>The seeds of the run, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The variant that transfer is measured against; null if the run has none with a finished cell.</summary>
    public required string? Baseline { get; init; }

    /// <summary>The finished variants that negative transfer is counted against: the baseline, then those marked as references.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>The ranking of the methods over the tasks; null if there are fewer than two methods or two tasks.</summary>
    public required RankReport? Ranks { get; init; }

    /// <summary>The results of the variants of the run, methods first, then controls, otherwise as declared.</summary>
    public required IReadOnlyList<VariantReport> Variants { get; init; }

    /// <summary>The comparisons of the proposed variants with all others, or of all variants with the baseline if none is
    /// proposed.</summary>
    public required IReadOnlyList<PairedComparison> Comparisons { get; init; }

    /// <summary>The cells that the run should have and that have no usable result.</summary>
    public required IReadOnlyList<UnusableCell> Unusable { get; init; }

    /// <summary>The cells whose solver did not reach its tolerance; their results are still part of the means.</summary>
    public IReadOnlyList<UnconvergedCell> Unconverged { get; init; } = [];

    /// <summary>The errors and losses of the trainings over their epochs; empty if they are not recorded.</summary>
    [JsonIgnore]
    public IReadOnlyList<LearningCurve> Learning { get; init; } = [];

    /// <summary>The lines about the runs that are compared, of which the earlier one takes the place of the baseline; empty for the report
    /// of one run.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Compared { get; init; } = [];

    /// <summary>A line for each cell whose results cannot be read, so that they are no part of the report.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Damaged { get; init; } = [];

    /// <summary>The sections that the study adds (<see cref="ReportSectionExtensions.AddReportSection"/>), in the order of
    /// registration.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>The lines at the foot of the report: machine, versions, schedule.</summary>
    public required IReadOnlyList<string> Facts { get; init; }

    /// <summary>Computes the report of a run.</summary>
    /// <param name="results">The results of the run.</param>
    /// <exception cref="ArgumentException">A cell occurs twice, belongs to no variant or seed, or its arrays do not fit the
    /// tasks.</exception>
    public static Report From(RunResults results) => new ReportBuilder(results).Build();
}

/// <summary>The results of a variant over its seeds.</summary>
public sealed record VariantReport
{
    /// <summary>The name, composition and role of the variant.</summary>
    public required VariantInfo Info { get; init; }

    /// <summary>The seeds that the variant finished, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The headline metric over the tasks of each group, [groups], summarised over seeds, in the metric's own
    /// direction.</summary>
    public required IReadOnlyList<Summary> Overall { get; init; }

    /// <summary>The relative error over all tasks (<see cref="Evaluation.RelativeError"/>), summarised over seeds; lower is better, 1
    /// is the mean predictor.</summary>
    public Summary Relative { get; init; }

    /// <summary>The mean over seeds of each task's headline metric, [T]; NaN if it is undefined in a run, or the task has no test
    /// row.</summary>
    public required IReadOnlyList<double> TaskValues { get; init; }

    /// <summary>The mean over seeds of every metric that a task has, [T] for each metric; NaN if it is undefined in a run.</summary>
    public required IReadOnlyDictionary<string, double[]> TaskMetrics { get; init; }

    /// <summary>The indices of the tasks whose prediction is the same on all test rows in at least one run.</summary>
    public required IReadOnlyList<int> ConstantTasks { get; init; }

    /// <summary>The indices of the tasks that <see cref="Relative"/> leaves out in at least one run.</summary>
    internal IReadOnlyList<int> LeftOutTasks { get; init; } = [];

    /// <summary>True if the predictions on every task that the variant is trained on are constant in every run.</summary>
    internal bool IsConstant { get; init; }

    /// <summary>The effect of the variant on each task, against the baseline; null for the baseline, without a baseline, or without a seed
    /// in common with it.</summary>
    public TaskTransfers? Transfer { get; init; }

    /// <summary>A summary of <see cref="Transfer"/> in a few numbers; null if there is no <see cref="Transfer"/>.</summary>
    public TransferSummary? Summary { get; init; }

    /// <summary>The negative transfer against each of <see cref="Report.References"/> that is another variant and shares a finished
    /// seed.</summary>
    public required IReadOnlyList<ReferenceTransfer> Against { get; init; }

    /// <summary>The learnt transfer between tasks; null if the method learns none, or there is one task.</summary>
    public LearntTransfer? LearntTransfer { get; init; }

    /// <summary>How the gradients of each two tasks stood to each other; null if the variant's results do not record it.</summary>
    public GradientConflicts? GradientConflicts { get; init; }

    /// <summary>The trees of branches that the trainings found, by seed; empty for a network that does not branch.</summary>
    public IReadOnlyList<LearntTree> Trees { get; init; } = [];

    /// <summary>What the label models made of weak labels, by seed; empty for a variant that is trained on the data set's labels. The
    /// JSON report omits it, because result.json of each cell has it.</summary>
    [JsonIgnore]
    public IReadOnlyList<WeakSupervision.WeakReport> WeakLabels { get; init; } = [];

    /// <summary>The curves over epochs, [epochs][values] for each name, as means over seeds, with the length of the shortest seed's.
    /// The JSON report omits them, because their numbers are in the metrics of the run already.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, double[][]> Traces { get; init; } = new Dictionary<string, double[][]>();

    /// <summary>The smallest and the largest value over seeds of each of <see cref="Traces"/>.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, TraceRange> TraceRanges { get; init; } = new Dictionary<string, TraceRange>();

    /// <summary>The mean seconds of training for a seed; NaN without a finished seed.</summary>
    public double Seconds { get; init; }

    /// <summary>The mean over seeds of the median seconds of an epoch; NaN if a cell has none.</summary>
    public double EpochSeconds { get; init; }

    /// <summary>The different notices of the variant's trainings (<see cref="Evaluation.CellResult.Notice"/>).</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];
}

/// <summary>The spread of curves over seeds.</summary>
/// <param name="Low">The smallest value of a seed, [epochs][values].</param>
/// <param name="High">The largest value of a seed, [epochs][values].</param>
public sealed record TraceRange(double[][] Low, double[][] High);

/// <summary>A comparison of two variants, paired by seed.</summary>
/// <param name="Variant">The name of the variant.</param>
/// <param name="Other">The name of the variant that it is compared with.</param>
/// <param name="Metric">The metric, over the tasks that have it as their headline metric; null for the relative error over all
/// tasks.</param>
/// <param name="Difference">The value of <paramref name="Variant"/> − that of <paramref name="Other"/> over the seeds that both finished,
/// negated if higher is better, so that negative is better.</param>
/// <param name="P">Wilcoxon's two-sided exact p value, not adjusted for the number of comparisons; NaN without a pair.</param>
/// <param name="SmallestP">The smallest p value that this number of pairs can reach.</param>
public sealed record PairedComparison(string Variant, string Other, TaskMetric? Metric, Summary Difference, double P, double SmallestP);

/// <summary>A cell whose solver did not reach its tolerance.</summary>
/// <param name="Variant">The name of the variant.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Problem">A message about the gap that the solver reached: «stopped after 2000 rounds with …».</param>
public sealed record UnconvergedCell(string Variant, int Seed, string Problem);

/// <summary>A cell that the report lacks, or that makes a mean undefined.</summary>
/// <param name="Variant">The name of the variant.</param>
/// <param name="Seed">The seed; null if no seed of the variant finished.</param>
/// <param name="Reason">The reason: «not finished», or the error that is not a finite number.</param>
public sealed record UnusableCell(string Variant, int? Seed, string Reason);
