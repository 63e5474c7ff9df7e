using UAmtfl.Generators.Diagnostics;
using UAmtfl.Generators.Models;

namespace UAmtfl.Generators.Parsing;

/// <summary>Reads the headline metrics of an experiment.</summary>
internal static class MetricParser
{
    private static readonly string[] OfBinary = ["RocAuc", "PrAuc", "F1"];
    private static readonly string[] OfClasses = ["Error", "Accuracy"];
    private static readonly string[] OfRegression = ["Mse", "Rmse", "R2", "Pearson"];

    public static EquatableArray<string> Parse(IReadOnlyList<AttributeReader> attributes, TaskSetModel tasks, ParseContext context)
    {
        var metrics = new List<string>();
        foreach (var attribute in attributes.Where(a => a.Is(WellKnownNames.Metric)))
        {
            if (attribute.Choice("metric") is not { } metric || metric == "Default")
            {
                continue;
            }

            if (!tasks.Tasks.Any(t => IsOf(metric, t.Kind)))
            {
                context.Report(
                    Rules.BadMetric, attribute.LocationOf("metric"), metric,
                    "is defined for none of the tasks, "
                    + $"which are {string.Join(", ", tasks.Tasks.Select(t => t.Kind.ToString().ToLowerInvariant()).Distinct())}: "
                    + "choose another");
            }
            else if (metrics.FirstOrDefault(m => tasks.Tasks.Any(t => IsOf(m, t.Kind) && IsOf(metric, t.Kind))) is { } rival)
            {
                context.Report(
                    Rules.BadMetric, attribute.LocationOf("metric"), metric,
                    $"is for the same tasks as {rival}: "
                    + "choose one as the headline, since the report shows all");
            }
            else
            {
                metrics.Add(metric);
            }
        }

        return metrics.ToEquatableArray();
    }

    private static bool IsOf(string metric, TaskKind kind) => kind switch
    {
        TaskKind.Binary => OfBinary.Contains(metric) || OfClasses.Contains(metric),
        TaskKind.Classification => OfClasses.Contains(metric),
        _ => OfRegression.Contains(metric),
    };
}
