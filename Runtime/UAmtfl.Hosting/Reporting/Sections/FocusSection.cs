using UAmtfl.Descriptors;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Charts;

namespace UAmtfl.Reporting.Sections;

/// <summary>A method that serves one task at a time, so that each of its numbers comes from a variant for that task.</summary>
/// <param name="Name">The name of the method.</param>
/// <param name="Variants">The names of the variants by the name of the task that they serve.</param>
public sealed record FocusedMethod(string Name, IReadOnlyDictionary<string, string> Variants);

/// <summary>The section that compares methods which serve one task at a time with each other and with the baseline: a table and a chart
/// with a value for each method and task.</summary>
public static class FocusSection
{
    /// <summary>Makes the section of a report; null if the report has no baseline or none of the variants.</summary>
    /// <param name="report">The report, whose numbers and intervals are taken over.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="file">The name of the chart's file, without extension.</param>
    /// <param name="methods">The methods; a variant that the run has not trained has no number.</param>
    public static Section? Of(Report report, string heading, string file, IReadOnlyList<FocusedMethod> methods)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(methods);
        var variants = report.Variants.Where(v => v.Transfer is not null).ToDictionary(v => v.Info.Name);
        var found = methods.Where(m => m.Variants.Values.Any(variants.ContainsKey)).ToList();
        if (report.Baseline is null || found.Count == 0)
        {
            return null;
        }

        var combined = report with
        {
            Variants =
            [
                report.Variants.First(v => v.Info.Name == report.Baseline),
                .. found.Select(m => Combined(report.Tasks, m, variants)),
            ],
        };
        var tasks = report.Tasks.Index().Where(t => found.Exists(m => m.Variants.ContainsKey(t.Item))).Select(t => t.Index).ToList();
        var formats = new Formats(combined);
        var groups = combined.Groups.Select(g => g with { Tasks = [.. g.Tasks.Intersect(tasks)] }).Where(g => g.Tasks.Count > 0)
            .Select(g => new ErrorFormat(combined, g)).ToList();
        return new(
            heading,
            [TaskSection.Listing(combined, formats, tasks)],
            [
                .. groups.Select(f => TaskSection.Legend(combined, f, formats.Mixed)),
                .. found.Select(m => $"{m.Name}: {string.Join(", ", m.Variants.Values.Distinct())}."),
            ],
            [.. groups.Select(f => ImprovementChart.Of(combined, f, file)).OfType<Chart>()]);
    }

    /// <summary>Returns the results of a method as if it were one variant.</summary>
    private static VariantReport Combined(
        IReadOnlyList<string> tasks, FocusedMethod method, Dictionary<string, VariantReport> variants)
    {
        var sources = tasks.Select(t => variants.GetValueOrDefault(method.Variants.GetValueOrDefault(t, ""))).ToList();
        var any = sources.OfType<VariantReport>().First();
        return any with
        {
            Info = new(method.Name, "", VariantRole.Method),
            TaskValues = [.. sources.Select((v, t) => v?.TaskValues[t] ?? double.NaN)],
            Transfer = any.Transfer! with
            {
                Tasks = [.. sources.Select((v, t) => v?.Transfer!.Tasks[t] ?? new(
                    tasks[t], double.NaN, Interval.None, TransferOutcome.Unknown, double.NaN, double.NaN, double.NaN, double.NaN))],
            },
        };
    }
}
