using UAmtfl.Descriptors;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the main table: a row for each variant, with its error and its negative transfer. Methods come first, and
/// controls are in a separate block.</summary>
internal static class OverviewSection
{
    private const string Relative =
        "Relative error: the mean over all tasks of the error divided by the mean predictor's on the same rows, which has no unit; "
        + "lower is better, 1 is as good as the mean predictor.";

    public static Section Of(Report report, Formats formats)
    {
        var relative = formats.Mixed && report.Variants.Any(v => double.IsFinite(v.Relative.Mean));
        return new Section(
            "Results",
            [
                Main(report, formats, composition: true),
                .. HasReferences(report) ? (Table[])[Against(report)] : [],
            ],
            [.. Notes(report, formats), .. OverviewWarnings.Of(report, formats)],
            [
                .. relative ? (Chart[])[ErrorChart.OfRelative(report, formats)] : [],
                .. formats.Groups.Select(f => ErrorChart.Of(report, f)),
            ]);
    }

    /// <summary>Returns the main table.</summary>
    /// <param name="report">The report.</param>
    /// <param name="formats">The formats of the report.</param>
    /// <param name="composition">True if a column has the methods that a variant is composed of.</param>
    public static Table Main(Report report, Formats formats, bool composition)
    {
        string[] words = composition ? ["variant", "composition"] : ["variant"];
        string[] measures = [.. formats.Mixed ? (string[])["relative error"] : [], .. formats.Groups.Select(f => f.Heading)];
        return new Table(
            [.. words, .. measures, "runs", "NT on the mean", "NT per run", "NT beyond 95 %"],
            words.Length,
            Blocks(report, v => Row(v, report, formats, composition)));
    }

    /// <summary>Returns the sentences without which the numbers of the main table cannot be read.</summary>
    public static IEnumerable<string> Legend(Report report, Formats formats) =>
        [.. formats.Groups.Select(Measure), .. formats.Mixed ? (string[])[Relative] : [], NegativeTransfer(report)];

    private static List<Row> Blocks(Report report, Func<VariantReport, Row> row)
    {
        var rows = new List<Row>();
        foreach (var block in report.Variants.GroupBy(v => v.Info.Role == VariantRole.Control))
        {
            if (block.Key)
            {
                rows.Add(new Row("Controls"));
            }

            rows.AddRange(block.Select(row));
        }

        return rows;
    }

    private static Cell Name(VariantReport variant) =>
        new(variant.Info.Name, variant.Info.Role == VariantRole.Proposed ? Tone.Strong : Tone.Plain);

    private static Row Row(VariantReport variant, Report report, Formats formats, bool composition)
    {
        var transfer = variant.Transfer;
        var note = variant.Info.Name == report.Baseline ? "baseline" : Numbers.None;
        return new Row([
            Name(variant),
            .. composition ? (Cell[])[variant.Info.Composition] : [],
            .. formats.Mixed ? (Cell[])[formats.Relative.MeanAndSd(variant.Relative)] : [],
            .. formats.Groups.Select((f, g) => (Cell)f.Overall.MeanAndSd(variant.Overall[g])),
            $"{variant.Seeds.Count}",
            transfer is null ? note : $"{transfer.HurtOnMean}",
            transfer is null ? Numbers.None : PerRun(transfer.HurtPerRun),
            transfer is null ? Numbers.None : $"{transfer.HurtBeyondInterval}"]);
    }

    /// <summary>Returns the numbers of tasks hurt in each run, or their range if there are more than ten runs.</summary>
    private static string PerRun(IReadOnlyList<int> hurt) => hurt.Count <= 10 ? string.Join(", ", hurt) : $"{hurt.Min()} to {hurt.Max()}";

    /// <summary>True if there are references beside the baseline, so that a second table is needed.</summary>
    private static bool HasReferences(Report report) => report.References.Any(r => r != report.Baseline);

    /// <summary>Returns the table of negative transfer, with a column for each reference.</summary>
    private static Table Against(Report report) => new(
        ["variant", .. report.References.Select(r => $"NT against {r}")],
        1,
        Blocks(report, v => new Row([
            Name(v),
            .. report.References.Select(r => (Cell)(v.Against.FirstOrDefault(a => a.Reference == r) is { } against
                ? $"{against.HurtOnMean} ({against.HurtBeyondInterval})"
                : Numbers.None))])));

    private static IEnumerable<string> Notes(Report report, Formats formats)
    {
        foreach (var format in formats.Groups)
        {
            yield return Measure(format);
            if (LabelSpread.Of(report, format.Metric, format.Group.Tasks) is { } spread)
            {
                yield return $"Warning: {format.OverallLabel} is a mean over tasks whose units differ by more than {LabelSpread.Limit} "
                    + "times, so that the largest decide it: "
                    + $"{LabelSpread.Text(report, format.Metric, spread)}. Scale the labels, or use [Metric(TaskMetric.R2)].";
            }
        }

        if (formats.Mixed)
        {
            yield return "The tasks have different metrics, and each has a column of its own: "
                + string.Join("; ", formats.Groups.Select(f => $"{f.OverallLabel} over {formats.Names(f.Group.Tasks)}")) + ".";
            yield return Relative + " Grids are chosen and progress is shown by it.";
        }

        foreach (var weighting in report.Variants.Where(v => v.Info.Weighting is not null).GroupBy(v => v.Info.Weighting))
        {
            yield return $"Weighting of {Formats.Listed([.. weighting.Select(v => v.Info.Name)])}: {weighting.Key}.";
        }

        if (HasReferences(report))
        {
            yield return "Second table: negative transfer against each reference, tasks hurt on the mean, "
                + $"and in brackets beyond the 95 % interval, of {report.Tasks.Count}.";
        }

        yield return NegativeTransfer(report);
        if (report.Baseline is null)
        {
            yield break;
        }

        yield return Interval(report);
    }

    /// <summary>Returns the sentences about what the 95 % interval covers.</summary>
    public static string Interval(Report report) =>
        $"The interval is a paired bootstrap over test rows ({PairedBootstrap.Resamples} resamples, "
        + (report.SharedTest ? "the same rows for all seeds" : "within each seed's own rows")
        + "). It covers the choice of test rows, not the randomness of training, and it is not adjusted for the number of tasks.";

    private static string Measure(ErrorFormat format) =>
        $"{Formats.Capital(format.OverallLabel)}: mean ± sample standard deviation over the runs, one run a seed; {format.Direction}.";

    private static string NegativeTransfer(Report report) => report.Baseline is null
        ? "NT (negative transfer) cannot be counted: no baseline is among the finished results."
        : $"NT (negative transfer): how many of the {report.Tasks.Count} tasks are worse than with {report.Baseline}: "
            + "in the mean over seeds; in each run, seed by seed; and with the whole 95 % interval above 0.";
}
