using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>The section with all metrics of the tasks, each as a mean over the tasks of a kind and over seeds.</summary>
internal static class MetricsSection
{
    public static Section? Of(Report report, Formats formats)
    {
        var variants = report.Variants.Where(v => v.TaskMetrics.Count > 0).ToList();
        var kinds = report.Kinds.Distinct().ToList();
        var columns = kinds
            .SelectMany(kind => MetricTraits.All.Where(m => m.AppliesTo(kind)).Select(m => new Column(
                kind,
                m,
                [.. Enumerable.Range(0, report.Tasks.Count).Where(t => report.Kinds[t] == kind)])))
            .Where(c => variants.Any(v => v.TaskMetrics.ContainsKey(c.Metric.ToString())))
            .ToList();
        var meaningless = columns.Select(c => (Column: c, Spread: LabelSpread.Of(report, c.Metric, c.Tasks)))
            .Where(c => c.Spread is not null).ToList();
        columns = [.. columns.Except(meaningless.Select(c => c.Column))];
        if (variants.Count == 0 || columns.Count == 0)
        {
            return null;
        }

        return new Section(
            "Metrics",
            [
                new Table(
                    ["variant", .. columns.Select(c => (kinds.Count > 1 ? c.Kind.ToString().ToLowerInvariant() + " " : "") + c.Heading)],
                    1,
                    [.. variants.Select(v => new Row([v.Info.Name, .. columns.Select(c => (Cell)c.Text(v))]))]),
            ],
            [
                $"Means over {(kinds.Count > 1 ? "the tasks of a kind" : "tasks")} and seeds; "
                    + "↑ higher is better, ↓ lower is better. Every task's are in report.json.",
                .. meaningless.Select(c => $"{c.Column.Metric.Short()} has no mean over tasks here, "
                    + $"because their units differ by more than {LabelSpread.Limit} times: "
                    + $"{LabelSpread.Text(report, c.Column.Metric, c.Spread!.Value)}."),
                .. report.OneVsAll
                    ? (string[])["Error and accuracy of a class are over the rows of that class; "
                        + "the other metrics are over all rows, the class against the rest."]
                    : [],
                .. columns.SelectMany(c => OverviewWarnings.Undefined(report, c.Metric.Short(), formats, c.Undefined, c.Tasks.Count)),
            ],
            []);
    }

    /// <summary>A column with one metric over the tasks of a kind.</summary>
    private sealed record Column(TaskKind Kind, TaskMetric Metric, IReadOnlyList<int> Tasks)
    {
        public string Heading => $"{Metric.Short()}{(Metric.IsPercent() ? " %" : "")} {(Metric.HigherIsBetter() ? "↑" : "↓")}";

        public string Text(VariantReport variant)
        {
            var values = Values(variant).Where(v => !double.IsNaN(v)).ToList();
            return values.Count == 0 ? Numbers.None : Text(values.Average());
        }

        /// <summary>Returns a mean with four decimals for bounded metrics, else with four digits. R² counts as not bounded, because it has
        /// no lower bound.</summary>
        private string Text(double mean) => Metric switch
        {
            TaskMetric.Error or TaskMetric.Accuracy => Numbers.Fixed(100 * mean, 2),
            TaskMetric.Mse or TaskMetric.Rmse => Numbers.Significant(mean),
            _ => Math.Abs(mean) < 1000 ? Numbers.Fixed(mean, 4) : Numbers.Significant(mean),
        };

        public IReadOnlyList<int> Undefined(VariantReport variant) =>
            variant.TaskMetrics.ContainsKey(Metric.ToString()) ? [.. Tasks.Where((_, i) => double.IsNaN(Values(variant)[i]))] : [];

        private double[] Values(VariantReport variant) =>
            variant.TaskMetrics.TryGetValue(Metric.ToString(), out var values) ? [.. Tasks.Select(t => values[t])] : [];
    }
}
