using UAmtfl.Reporting.Charts;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section with the sources of weak labels and the labels that were made from them.</summary>
internal static class WeakSection
{
    /// <summary>The largest number of rows of the table of sources.</summary>
    private const int MostRows = 60;

    /// <summary>The least number of rows of a point of the chart.</summary>
    private const int FewRows = 50;

    public static Section? Of(Report report) => Of([.. report.Variants.Select(v => (v.Info.Name, v.WeakLabels))]);

    /// <summary>Makes the section of the label models of variants, by seed; null if there is none.</summary>
    public static Section? Of(IReadOnlyList<(string Name, IReadOnlyList<WeakReport> Reports)> variants)
    {
        // Variants with the same label model differ in nothing here.
        var weak = variants.Where(v => v.Reports.Count > 0).GroupBy(v => Key(v.Reports))
            .Select(g => (Name: string.Join(", ", g.Select(v => v.Name)), g.First().Reports)).ToList();
        if (weak.Count == 0)
        {
            return null;
        }

        var sources = Sources(weak);
        List<string> lines =
        [
            "A source covers the share of the training rows on which it votes, overlaps on those on which another does too, and conflicts "
                + "on those on which another votes for another class. Right is the share of its votes that are, first by the true labels, "
                + "where they are known, then as each label model estimates it without them, with half the width of its 95 % interval.",
            "Labelled is the share of the training rows with a label. The calibration error is the mean difference between how sure the "
                + "label model is of the most probable class and how often that is right.",
            .. sources.Rows.Count < MostRows ? Array.Empty<string>()
                : [$"The {MostRows} first rows are shown; result.json of each cell has all."],
            .. weak.SelectMany(v => v.Reports.SelectMany(w => w.Notes).Distinct().Select(note => $"{v.Name}: {note}.")).Distinct(),
        ];
        List<(string Name, IReadOnlyList<CalibrationBin> Bins)> calibrated = [.. weak.Select(v => (v.Name, Pooled(v.Reports)))
            .Where(v => v.Item2.Count > 0)];
        return new Section(
            "Weak supervision", [sources, Labels(weak)], lines, calibrated.Count == 0 ? [] : [CalibrationChart.Of(calibrated)]);
    }

    private static string Key(IReadOnlyList<WeakReport> reports) => string.Join('\n', reports.SelectMany(r =>
        r.Sources.Select(s => $"{s}").Concat(r.Tasks.Select(t => $"{t.Task} {t.Labelled} {t.Accuracy}")).Prepend($"{r.Model}")));

    private static Table Sources(List<(string Name, IReadOnlyList<WeakReport> Reports)> weak)
    {
        // What the votes are is the same for all variants; what a label model makes of them is not.
        var estimating = weak.Where(v => v.Reports.Any(w => w.Sources.Any(s => !double.IsNaN(s.Accuracy)))).ToList();
        var rows = weak[0].Reports[0].Sources.Select(s => (s.Source, s.Task)).OrderBy(s => s.Task, StringComparer.Ordinal)
            .Take(MostRows);
        return new(
            ["source: task", "covers %", "overlaps %", "conflicts %", "right %", .. estimating.Select(v => $"by {v.Name} %")],
            1,
            [
                .. rows.Select(row =>
                {
                    double Mean((string Name, IReadOnlyList<WeakReport> Reports) variant, Func<SourceReport, double> value) =>
                        variant.Reports.SelectMany(w => w.Sources).Where(s => (s.Source, s.Task) == row).Select(value)
                            .DefaultIfEmpty(double.NaN).Average();
                    return new Row([
                        $"{row.Source}: {row.Task}", Percent(Mean(weak[0], s => s.Coverage)), Percent(Mean(weak[0], s => s.Overlap)),
                        Percent(Mean(weak[0], s => s.Conflict)), Percent(Mean(weak[0], s => s.TrueAccuracy)),
                        .. estimating.Select(v => Estimate(Mean(v, s => s.Accuracy), Mean(v, s => s.HalfWidth))),
                    ]);
                }),
            ]);
    }

    private static Table Labels(List<(string Name, IReadOnlyList<WeakReport> Reports)> weak) => new(
        ["variant", "label model", "task", "labelled %", "right %", "calibration error %"],
        3,
        [
            .. from variant in weak
            from task in variant.Reports[0].Tasks.Select(t => t.Task)
            let own = variant.Reports.Select(w => w.Tasks.First(t => t.Task == task)).ToList()
            select new Row(
                variant.Name, variant.Reports[0].Model.ToString(), task, Percent(own.Average(t => t.Labelled)),
                Percent(own.Average(t => t.Accuracy)), Percent(own.Average(t => CalibrationError(t.Calibration)))),
        ]);

    /// <summary>Returns the mean over rows of |probability − share that is right|, by bins; NaN without true labels.</summary>
    private static double CalibrationError(IReadOnlyList<CalibrationBin> bins) =>
        bins.Sum(b => b.Rows * Math.Abs(b.Probability - b.Right)) / bins.Sum(b => b.Rows);

    /// <summary>Joins the bins of all tasks and seeds, without those of few rows, whose shares are chance.</summary>
    private static IReadOnlyList<CalibrationBin> Pooled(IReadOnlyList<WeakReport> reports) =>
    [
        .. reports.SelectMany(r => r.Tasks).SelectMany(t => t.Calibration)
            .GroupBy(b => Math.Min(9, (int)(b.Probability * 10))).OrderBy(g => g.Key)
            .Select(g => (Rows: g.Sum(b => b.Rows), Bins: g)).Where(g => g.Rows >= FewRows)
            .Select(g => new CalibrationBin(
                g.Bins.Sum(b => b.Rows * b.Probability) / g.Rows, g.Bins.Sum(b => b.Rows * b.Right) / g.Rows, g.Rows)),
    ];

    private static Cell Percent(double share) => Cell.Of(100 * share, "0.0");

    private static Cell Estimate(double accuracy, double halfWidth) => double.IsNaN(halfWidth) ? Percent(accuracy)
        : Percent(accuracy) with { Text = FormattableString.Invariant($"{100 * accuracy:0.0} ± {100 * halfWidth:0.0}") };
}
