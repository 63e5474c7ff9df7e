using System.Globalization;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section that compares overall values paired by seed, and says which differences the number of seeds can show.</summary>
internal static class ComparisonSection
{
    public static Section? Of(Report report, Formats formats)
    {
        if (report.Comparisons.Count == 0)
        {
            return null;
        }

        var rows = report.Comparisons.Select(c => new Row([
            $"{c.Variant} − {c.Other}",
            .. formats.Mixed ? (Cell[])[c.Metric?.OverallLabel(report.OneVsAll) ?? "relative error"] : [],
            (c.Metric is { } metric ? formats.Of(metric).Overall : formats.Relative).DifferenceAndSd(c.Difference),
            $"{c.Difference.Count}",
            ErrorFormat.P(c.P),
            c.Difference.Count == 0 ? Numbers.None : ErrorFormat.P(c.SmallestP)])).ToList();
        string[] columns = [
            "difference",
            .. formats.Mixed ? (string[])["metric", "Δ"] : [formats.Groups[0].OverallLabel],
            "pairs",
            "Wilcoxon p",
            "smallest p"];
        var turned = formats.Groups.Where(f => f.Metric.HigherIsBetter()).Select(f => f.Metric.Short()).ToList();
        return new Section(
            "Paired differences over seeds",
            [new Table(columns, formats.Mixed ? 2 : 1, rows)],
            [
                "Below 0 the first one is better"
                    + (turned.Count == 0
                        ? ""
                        : $" (differences of {string.Join(" and ", turned)}, where higher is better, have the sign turned)")
                    + ". p: exact two-sided signed-rank test over seeds, not adjusted for the number of comparisons.",
                .. Cautions(report),
            ],
            []);
    }

    /// <summary>Returns a sentence for each number of pairs about the smallest p that it can reach.</summary>
    public static IEnumerable<string> Cautions(Report report) =>
        report.Comparisons.Select(c => c.Difference.Count).Where(n => n > 0).Distinct().Order().Select(Caution);

    private static string Caution(int pairs)
    {
        var smallest = Evaluation.Statistics.SignedRank.SmallestP(pairs);
        var bound = smallest.ToString("G3", CultureInfo.InvariantCulture);
        return $"With {pairs} {(pairs == 1 ? "pair" : "pairs")} p cannot fall below {bound}"
            + (smallest > 0.05
                ? ": no difference between these can be significant at the 5 % level, however large; that takes 6 seeds."
                : ".");
    }
}
