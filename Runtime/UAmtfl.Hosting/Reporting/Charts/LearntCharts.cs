namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the quantities that variants learnt beside their weights: transfer between tasks, conflicts of their gradients, and
/// curves over epochs.</summary>
internal static class LearntCharts
{
    public static IEnumerable<Chart> Of(VariantReport variant, Report report)
    {
        if (variant.LearntTransfer is { } transfer)
        {
            yield return TransferChart.Of(variant, transfer, report);
        }

        if (variant.GradientConflicts is { Pairs.Count: > 0, Cosines.Length: > 0 } conflicts)
        {
            yield return ConflictChart.Of(variant, conflicts, report);
        }

        foreach (var (name, curves) in variant.Traces.Where(t => t.Value.Length > 0))
        {
            yield return TraceChart.Of(variant, name, curves, report);
        }
    }
}
