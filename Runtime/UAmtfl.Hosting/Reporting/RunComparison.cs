using UAmtfl.Descriptors;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting;

/// <summary>Compares two runs of an experiment: each variant of the later run with the same variant of the earlier one, paired by seed
/// and, where both tested the same rows, by row. The result is a report in which the earlier run takes the place of the
/// baseline.</summary>
internal static class RunComparison
{
    /// <summary>The name of the run that the other is compared with.</summary>
    public const string Earlier = "A";

    private const string Later = "B";

    /// <summary>The number of differences between the records that a reader meets before the results.</summary>
    private const int FirstDifferences = 3;

    /// <summary>Returns the report of the comparison.</summary>
    /// <param name="before">The results of run A.</param>
    /// <param name="now">The results of run B, with the same tasks.</param>
    /// <param name="runs">The sentences about what run A and run B are.</param>
    /// <param name="differences">The sentences about how their records differ, the most important first.</param>
    /// <param name="unpaired">The reason for which test rows cannot be paired; null if they can.</param>
    /// <exception cref="UAmtflException">The runs have no variant with finished cells in common.</exception>
    public static Report Of(
        RunResults before, RunResults now, IReadOnlyList<string> runs, IReadOnlyList<string> differences, string? unpaired)
    {
        var (a, b) = (new CellTable(before), new CellTable(now));
        var common = now.Variants.Select(v => v.Name)
            .Where(name => before.Variants.Any(v => v.Name == name) && a[name].Count > 0 && b[name].Count > 0).ToList();
        if (common.Count == 0)
        {
            throw new UAmtflException($"the two runs of {now.Experiment} have no variant with finished cells in common");
        }

        var (earlier, later) = (Report.From(before), Report.From(now));
        List<string> lines = [.. runs, .. differences];
        if (unpaired is not null)
        {
            lines.Add($"Test rows are not paired, and tasks not judged, because {unpaired}.");
        }

        var analysis = new TransferAnalysis(now.Tasks, before.SharedTest && now.SharedTest);
        var relative = later.Groups.Count > 1;
        List<VariantReport> variants =
        [
            Baseline(later),
            .. from v in later.Variants
            where common.Contains(v.Info.Name)
            let transfer = unpaired is null ? Paired(analysis, a, b, v.Info.Name, lines) : null
            select Against(v, transfer, later.TrainCounts, relative),
        ];
        var groups = MetricGroup.Of(later.Metrics);
        return later with
        {
            Title = $"{Later} against {Earlier}: {now.Title}",
            Compared = [.. runs, .. differences.Take(FirstDifferences)],
            Baseline = Earlier,
            References = [Earlier],
            Ranks = null,
            Variants = variants,
            Comparisons =
            [
                .. from name in common
                from measure in PairedComparisons.Measures(groups, [.. a[name].Values, .. b[name].Values])
                select PairedComparisons.Of(
                    $"{name} of {Later}", $"{name} of {Earlier}", measure.Metric,
                    b[name].Where(c => a[name].ContainsKey(c.Key)).Select(c => (measure.Loss(c.Value), measure.Loss(a[name][c.Key])))),
            ],
            Unusable = [.. Named(earlier, Earlier), .. Named(later, Later)],
            Learning = [],
            Sections = [new("The two runs", [Values(earlier, later, common)], lines)],
        };
    }

    private static IEnumerable<UnusableCell> Named(Report report, string run) =>
        report.Unusable.Select(u => u with { Variant = $"{u.Variant} of {run}" });

    /// <summary>Returns the place of the earlier run among the variants. It has no values of its own, because each variant has
    /// another.</summary>
    private static VariantReport Baseline(Report later) => new()
    {
        Info = new(Earlier, "the same variant in the earlier run", VariantRole.Baseline),
        Seeds = [],
        Overall = [.. later.Groups.Select(_ => Summary.Of([]))],
        Relative = Summary.Of([]),
        TaskValues = [.. later.Tasks.Select(_ => double.NaN)],
        TaskMetrics = new Dictionary<string, double[]>(),
        ConstantTasks = [],
        Against = [],
    };

    private static TaskTransfers? Paired(TransferAnalysis analysis, CellTable a, CellTable b, string name, List<string> lines)
    {
        try
        {
            var transfer = analysis.Against(a[name], [new(name, b[name])]).GetValueOrDefault(name);
            if (transfer is null)
            {
                lines.Add($"{name} has no finished seed in common.");
            }

            return transfer;
        }
        catch (ArgumentException different)
        {
            lines.Add($"{name} is not judged task by task: {different.Message}");
            return null;
        }
    }

    private static VariantReport Against(VariantReport variant, TaskTransfers? transfer, IReadOnlyList<double> counts, bool relative) =>
        variant with
        {
            Transfer = transfer,
            Summary = transfer is null ? null : TransferSummary.Of(transfer.Tasks, counts, relative),
            Against = transfer is null
                ? []
                : [new(Earlier, transfer.HurtOnMean, transfer.HurtBeyondInterval, transfer.HelpedOnMean, transfer.HelpedBeyondInterval)],
            LearntTransfer = null,
            GradientConflicts = null,
            Trees = [],
            WeakLabels = [],
            Traces = new Dictionary<string, double[][]>(),
        };

    private static Table Values(Report earlier, Report later, List<string> common)
    {
        var formats = new Formats(later);
        return new(
            [
                "variant",
                .. formats.Mixed ? (string[])[$"relative error, {Earlier}", $"relative error, {Later}"] : [],
                .. formats.Groups.SelectMany(f => new[] { $"{f.Heading}, {Earlier}", $"{f.Heading}, {Later}" }),
                $"seeds, {Earlier}", $"seeds, {Later}",
            ],
            1,
            [
                .. common.Select(name =>
                {
                    var (a, b) = (Find(earlier, name), Find(later, name));
                    return new Row([
                        name,
                        .. formats.Mixed ? (Cell[])[formats.Relative.MeanAndSd(a.Relative), formats.Relative.MeanAndSd(b.Relative)] : [],
                        .. formats.Groups.SelectMany((f, g) =>
                            new Cell[] { f.Overall.MeanAndSd(a.Overall[g]), f.Overall.MeanAndSd(b.Overall[g]) }),
                        $"{a.Seeds.Count}", $"{b.Seeds.Count}"]);
                }),
            ]);
    }

    private static VariantReport Find(Report report, string name) => report.Variants.First(v => v.Info.Name == name);
}
