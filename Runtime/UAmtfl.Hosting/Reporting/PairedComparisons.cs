using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>Compares variants over the seeds that both finished.</summary>
/// <param name="variants">The variants, as declared.</param>
/// <param name="cells">The cells of the variants.</param>
/// <param name="groups">The groups of tasks, each of which is compared.</param>
internal sealed class PairedComparisons(IReadOnlyList<VariantInfo> variants, CellTable cells, IReadOnlyList<MetricGroup> groups)
{
    /// <summary>Returns the comparisons of the proposed variants with all others, or of all variants with the baseline if none is
    /// proposed. Variants that are trained on some tasks only are left out, because their means are over other tasks.</summary>
    public IReadOnlyList<PairedComparison> All(string? baseline)
    {
        var order = variants.Where(v => v.TrainedOn is null).OrderBy(v => v.Role == VariantRole.Control).ToList();
        var proposed = order.Where(v => v.Role == VariantRole.Proposed).ToList();
        var pairs = proposed.Count > 0
            ? proposed.SelectMany(p => order.Where(o => o != p).Select(o => (p.Name, Other: o.Name)))
            : baseline is null ? [] : order.Where(o => o.Name != baseline).Select(o => (o.Name, Other: baseline));
        var measures = Measures(groups, [.. variants.SelectMany(v => cells[v.Name].Values)]).ToList();
        return [.. pairs.SelectMany(p => measures.Select(m => Compare(p.Name, p.Other, m.Metric, m.Loss)))];
    }

    /// <summary>Returns the measures to compare: the metric of each group of tasks, after the relative error if there are several groups,
    /// because only that is defined over all tasks.</summary>
    /// <param name="groups">The groups of tasks.</param>
    /// <param name="cells">The cells that are compared.</param>
    public static IEnumerable<(TaskMetric? Metric, Func<CellResult, double> Loss)> Measures(
        IReadOnlyList<MetricGroup> groups, IReadOnlyList<CellResult> cells)
    {
        if (groups.Count > 1 && cells.Any(c => double.IsFinite(c.RelativeError)))
        {
            yield return (null, c => c.RelativeError);
        }

        foreach (var group in groups)
        {
            yield return (group.Metric, group.Loss);
        }
    }

    private PairedComparison Compare(string variant, string other, TaskMetric? metric, Func<CellResult, double> loss) => Of(
        variant,
        other,
        metric,
        cells[variant].Values.Where(c => cells[other].ContainsKey(c.Seed)).Select(c => (loss(c), loss(cells[other][c.Seed]))));

    /// <summary>Returns the comparison of two losses.</summary>
    /// <param name="variant">The name of what has the first loss of each pair.</param>
    /// <param name="other">The name of what has the second.</param>
    /// <param name="metric">The metric; null for the relative error.</param>
    /// <param name="losses">The losses of each seed; those that are not finite are left out.</param>
    public static PairedComparison Of(string variant, string other, TaskMetric? metric, IEnumerable<(double A, double B)> losses)
    {
        var pairs = losses.Where(p => double.IsFinite(p.A) && double.IsFinite(p.B)).ToList();
        var p = pairs.Count == 0 ? double.NaN : SignedRank.P([.. pairs.Select(x => x.A)], [.. pairs.Select(x => x.B)]);
        return new PairedComparison(
            variant, other, metric, Summary.Of([.. pairs.Select(x => x.A - x.B)]), p, SignedRank.SmallestP(pairs.Count));
    }
}
