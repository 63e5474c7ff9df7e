using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.Reporting;

/// <summary>Computes a <see cref="Report"/> by grouping the cells by variant and calling a class for each kind of result.</summary>
internal sealed class ReportBuilder
{
    private readonly RunResults results;
    private readonly CellTable table;
    private readonly TaskMetric[] metrics;
    private readonly IReadOnlyList<MetricGroup> groups;
    private readonly double[] trainCounts;

    public ReportBuilder(RunResults results)
    {
        this.results = results;
        table = new CellTable(results);
        metrics = [.. results.Tasks.Tasks.Select(t => results.Tasks.MetricOf(t.Kind))];
        groups = MetricGroup.Of(metrics);

        // Labels that are made from weak ones are another number than those of the data set, and stand in a section of their own.
        var cells = results.Cells.Any(c => c.WeakLabels is null) ? results.Cells.Where(c => c.WeakLabels is null) : results.Cells;
        var counted = cells.Select(c => c.TrainCounts).Where(c => c.Length == results.Tasks.Count).ToList();
        trainCounts = counted.Count == 0 ? [] : [.. Enumerable.Range(0, results.Tasks.Count).Select(t => counted.Average(c => c[t]))];
    }

    public Report Build()
    {
        var baseline = results.Variants.FirstOrDefault(v => v.Role == VariantRole.Baseline && table[v.Name].Count > 0)?.Name;
        string[] references = [
            .. results.Variants.Where(v => v.Role == VariantRole.Reference && table[v.Name].Count > 0).Select(v => v.Name)];
        references = baseline is null ? references : [baseline, .. references];
        var analysis = new TransferAnalysis(results.Tasks, results.SharedTest);
        var transfers = references.ToDictionary(r => r, r => analysis.Against(table[r], table.Others(r)));
        return new Report
        {
            Experiment = results.Experiment,
            Title = results.Title,
            Tasks = [.. results.Tasks.Tasks.Select(t => t.Name)],
            TestRows = TestRows(),
            TrainCounts = trainCounts,
            Kinds = [.. results.Tasks.Tasks.Select(t => t.Kind)],
            Metrics = metrics,
            LabelVariances = [.. Enumerable.Range(0, metrics.Length).Select(t => LabelSpread.Variance(results.Cells, t))],
            OneVsAll = results.Tasks.OneVsAll,
            SharedTest = results.SharedTest,
            Seeds = [.. results.Seeds.Order()],
            Baseline = baseline,
            References = references,
            Ranks = RankReport.Of(
                [
                    .. results.Variants.Where(v => v.Role != VariantRole.Control && v.TrainedOn is null && table[v.Name].Count > 0)
                        .Select(v => (v.Name, (IReadOnlyCollection<CellResult>)table[v.Name].Values)),
                ],
                results.Tasks.Count),
            Variants = [.. results.Variants.OrderBy(v => v.Role == VariantRole.Control).Select(v => Variant(v, baseline, transfers))],
            Comparisons = new PairedComparisons(results.Variants, table, groups).All(baseline),
            Unusable = [.. table.Unusable(groups)],
            Unconverged = [
                .. results.Cells.Where(c => c.Certificate?.Problem is not null)
                    .Select(c => new UnconvergedCell(c.Variant, c.Seed, c.Certificate!.Problem!))],
            Learning = results.Learning,
            Facts = results.Facts,
        };
    }

    private VariantReport Variant(VariantInfo info, string? baseline, Dictionary<string, Dictionary<string, TaskTransfers>> transfers)
    {
        var cells = table[info.Name].Values;
        var transfer = baseline is null ? null : transfers[baseline].GetValueOrDefault(info.Name);
        var traces = cells.SelectMany(c => c.Traces.Keys).Where(n => !LearntTree.Has(n)).Distinct().Order(StringComparer.Ordinal)
            .ToDictionary(name => name, name => cells.Where(c => c.Traces.ContainsKey(name)).Select(c => c.Traces[name]).ToList());
        return new VariantReport
        {
            Info = info,
            Seeds = [.. table[info.Name].Keys],
            Overall = [.. groups.Select(g => Summary.Of([.. cells.Select(g.Value)]))],
            Relative = Summary.Of([.. cells.Select(c => c.RelativeError)]),
            TaskValues = [.. metrics.Select((metric, t) => metric.Loss(Summary.Of([.. cells.Select(c => c.TaskErrors[t])]).Mean))],
            TaskMetrics = TaskMetrics(cells),
            ConstantTasks = Tasks(cells, c => c.ConstantPredictions),
            LeftOutTasks = Tasks(cells, c => c.LeftOut),
            IsConstant = cells.Count > 0 && results.Tasks.Tasks.Index().Where(t => info.Trains(t.Item.Name))
                .All(t => cells.All(c => c.ConstantPredictions.Length > t.Index && c.ConstantPredictions[t.Index])),
            Transfer = transfer,
            Summary = transfer is null ? null : TransferSummary.Of(transfer.Tasks, trainCounts, relative: groups.Count > 1),
            Against = [.. transfers.Where(r => r.Value.ContainsKey(info.Name)).Select(r => (r.Key, Of: r.Value[info.Name])).Select(r =>
                new ReferenceTransfer(r.Key, r.Of.HurtOnMean, r.Of.HurtBeyondInterval, r.Of.HelpedOnMean, r.Of.HelpedBeyondInterval))],
            LearntTransfer = LearntTransfer.Of(cells),
            GradientConflicts = GradientConflicts.Of(cells),
            Trees = LearntTree.Of(cells),
            WeakLabels = [.. cells.OrderBy(c => c.Seed).Select(c => c.WeakLabels).OfType<WeakSupervision.WeakReport>()],
            Traces = traces.ToDictionary(t => t.Key, t => OverSeeds.Mean(t.Value)),
            TraceRanges = traces.ToDictionary(
                t => t.Key, t => new TraceRange(OverSeeds.Smallest(t.Value), OverSeeds.Largest(t.Value))),
            Seconds = Summary.Of([.. cells.Select(c => c.Seconds)]).Mean,
            EpochSeconds = Summary.Of([.. cells.Select(c => c.EpochSeconds)]).Mean,
            Notices = [.. cells.Select(c => c.Notice).Append(Tested(cells)).OfType<string>().Distinct()],
        };
    }

    /// <summary>Returns the indices of the tasks of which something is true in at least one cell.</summary>
    private List<int> Tasks(IReadOnlyCollection<CellResult> cells, Func<CellResult, bool[]> mask) =>
        [.. Enumerable.Range(0, results.Tasks.Count).Where(t => cells.Any(c => mask(c).ElementAtOrDefault(t)))];

    /// <summary>Says which epochs were tested; null if it is the last of each training.</summary>
    private static string? Tested(IReadOnlyCollection<CellResult> cells)
    {
        if (cells.OrderBy(c => c.Seed).Where(c => c.TestedEpochs is not null).ToList() is not [var first, ..] tested)
        {
            return null;
        }

        var of = first.Monitor is { } task ? $" of {task}" : "";
        return first.Monitor == TrainingPlan.EachTask
            ? "each task is tested at the epoch with its own smallest validation error; by seed these are the epochs "
                + string.Join(", ", tested.Select(c => FormattableString.Invariant($"{c.TestedEpochs!.Min()} to {c.TestedEpochs!.Max()}")))
                + ", and result.json has that of each task"
            : $"tested at the epoch with the smallest validation error{of}, which by seed is "
                + string.Join(", ", tested.Select(c => FormattableString.Invariant($"{c.TestedEpochs![0]}")));
    }

    /// <summary>Returns the means over the cells of every metric, [T] for each metric; metrics that only some cells have are left
    /// out.</summary>
    private Dictionary<string, double[]> TaskMetrics(IReadOnlyCollection<CellResult> cells) => MetricTraits.All
        .Select(m => m.ToString())
        .Where(m => cells.Count > 0 && cells.All(c => c.TaskMetrics.ContainsKey(m)))
        .ToDictionary(
            m => m, m => Enumerable.Range(0, results.Tasks.Count).Select(t => cells.Average(c => c.TaskMetrics[m][t])).ToArray());

    private List<int> TestRows()
    {
        var rows = new CellRows(results.Tasks);
        var tested = results.Variants.ToDictionary(v => v.Name);
        return [.. results.Tasks.Tasks.Select((task, t) => results.Cells
            .Where(c => tested[c.Variant].Trains(task.Name))
            .DistinctBy(c => results.SharedTest ? 0 : c.Seed)
            .Select(c => rows.Count(c, t))
            .DefaultIfEmpty(0)
            .Min())];
    }
}
