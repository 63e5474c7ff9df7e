using System.Globalization;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>How a report prints the values of one headline metric: its names, and a number format for the mean over its tasks and for
/// each of them.</summary>
internal sealed class ErrorFormat
{
    private readonly Dictionary<int, NumberFormat> _tasks;

    /// <summary>Chooses the formats.</summary>
    public ErrorFormat(Report report, MetricGroup group)
    {
        Group = group;
        Metric = group.Metric;
        OverallLabel = Metric.OverallLabel(report.OneVsAll);
        Heading = OverallLabel + (Metric.HigherIsBetter() ? " ↑" : "");
        Scale = Metric.IsPercent() ? 100 : 1;
        Unit = Metric.IsPercent() ? " points" : "";
        Index = report.Groups.Select((g, i) => (g.Metric, i)).First(g => g.Metric == Metric).i;
        Overall = new(Metric, report.Variants.Select(v => v.Overall[Index].Mean));
        _tasks = group.Tasks.ToDictionary(t => t, t => new NumberFormat(Metric, report.Variants.Select(v => v.TaskValues[t])));
    }

    /// <summary>The tasks whose values are printed so.</summary>
    public MetricGroup Group { get; }

    /// <summary>The group's place among the report's.</summary>
    public int Index { get; }

    /// <summary>The metric.</summary>
    public TaskMetric Metric { get; }

    /// <summary>What the value over all tasks is called.</summary>
    public string OverallLabel { get; }

    /// <summary><see cref="OverallLabel"/> as a table's heading, an arrow where higher is better.</summary>
    public string Heading { get; }

    /// <summary>From the unit that is stored to the one that is shown.</summary>
    public double Scale { get; }

    /// <summary>What follows a difference in a sentence.</summary>
    public string Unit { get; }

    /// <summary>«higher is better» or «lower is better».</summary>
    public string Direction => Metric.HigherIsBetter() ? "higher is better" : "lower is better";

    /// <summary>The numbers of the mean over tasks.</summary>
    public NumberFormat Overall { get; }

    /// <summary>The numbers of one of the group's tasks.</summary>
    public NumberFormat Task(int task) => _tasks[task];

    /// <summary>What one of a task's test rows is worth in one run, in points; for proportions.</summary>
    public static string OneRow(int rows) => (100.0 / rows).ToString(rows > 10_000 ? "G2" : "F2", CultureInfo.InvariantCulture);

    /// <summary>«0.0625», «0.25».</summary>
    public static string P(double p) => double.IsNaN(p) ? Numbers.None : Numbers.Minus(p.ToString("G3", CultureInfo.InvariantCulture));

    /// <summary>«p = 0.012»; «p &lt; 1e−300» where double precision ends.</summary>
    public static string Equation(double p) => p < 1e-300 ? "p < 1e−300" : "p = " + P(p);

    /// <summary>«+1.30», «−0.45»: a number with a sign and two decimals; «+9.1e23».</summary>
    public static string Signed(double value) => !double.IsFinite(value)
        ? Numbers.None
        : (value > 0 ? "+" : "") + (Math.Abs(value) < 1e6 ? Numbers.Fixed(value, 2) : Numbers.Significant(value, 3));
}
