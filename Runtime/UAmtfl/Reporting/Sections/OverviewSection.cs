using System.Globalization;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Hosting;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>The papers' table: a variant a row, its error and its negative transfer; methods first, controls in a block of their own.</summary>
internal static class OverviewSection
{
    public static Section Of(Report report, ErrorFormat format)
    {
        var rows = new List<Row>();
        foreach (var block in report.Variants.GroupBy(v => v.Info.Role == VariantRole.Control))
        {
            if (block.Key)
            {
                rows.Add(new Row("Controls"));
            }

            rows.AddRange(block.Select(v => Row(v, report, format)));
        }

        return new Section(
            "Results",
            [new Table(["variant", "composition", report.OverallMetric, "runs", "NT on the mean", "NT per run", "NT beyond 95 %"], 2, rows)],
            [.. Notes(report), .. Unusable(report)],
            [ErrorChart.Of(report)]);
    }

    private static Row Row(VariantReport variant, Report report, ErrorFormat format)
    {
        var name = new Cell(variant.Info.Name, variant.Info.Role == VariantRole.Proposed ? Tone.Strong : Tone.Plain);
        var transfer = variant.Transfer;
        var note = variant.Info.Name == report.Baseline ? "baseline" : ErrorFormat.None;
        return new Row(
            name,
            variant.Info.Composition,
            format.MeanAndSd(variant.Overall),
            $"{variant.Overall.Count}",
            transfer is null ? note : $"{transfer.HurtOnMean}",
            transfer is null ? ErrorFormat.None : string.Join(", ", transfer.HurtPerRun),
            transfer is null ? ErrorFormat.None : $"{transfer.HurtBeyondInterval}");
    }

    private static IEnumerable<string> Notes(Report report)
    {
        yield return $"{Capital(report.OverallMetric)}: mean ± sample standard deviation over the runs, one run a seed.";
        if (report.Baseline is null)
        {
            yield return "NT (negative transfer) cannot be counted: no baseline is among the finished results.";
            yield break;
        }

        yield return $"NT (negative transfer): how many of the {report.Tasks.Count} tasks have a larger error than with {report.Baseline}: in the mean over "
            + "seeds; in each run, seed by seed; and with the whole 95 % interval above 0.";
        yield return $"The interval is a paired bootstrap over test rows ({PairedBootstrap.Resamples} resamples, "
            + (report.SharedTest ? "the same rows for all seeds" : "within each seed's own rows")
            + "). It covers the choice of test rows, not the randomness of training, and it is not adjusted for the number of tasks.";
        if (Granularity(report) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>How little a difference on the smallest task may mean.</summary>
    private static string? Granularity(Report report)
    {
        var smallest = Enumerable.Range(0, report.Tasks.Count).Where(t => report.TestRows[t] > 0).OrderBy(t => report.TestRows[t]).ToList();
        if (smallest.Count == 0)
        {
            return null;
        }

        var rows = report.TestRows[smallest[0]];
        var worth = report.Percent
            ? $"{ErrorFormat.OneRow(rows)} points of its error"
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 / rows:0.##} % of its mean");
        return $"Granularity: the task with the fewest test rows is {report.Tasks[smallest[0]]}, with {rows}; in one run, one test row is worth {worth}.";
    }

    private static IEnumerable<string> Unusable(Report report) =>
        report.Unusable.GroupBy(u => (u.Variant, u.Reason)).Select(g =>
        {
            var seeds = g.Select(u => u.Seed).OfType<int>().ToList();
            var which = seeds.Count == 0 ? "" : $" with seed {string.Join(", ", seeds)}";
            return $"Missing: {g.Key.Variant}{which}: {g.Key.Reason}.";
        });

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
