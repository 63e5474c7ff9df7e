using System.Globalization;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>Formats the values of one headline metric in a report: its names, and the numbers of the mean over its tasks and of each
/// task.</summary>
internal sealed class ErrorFormat
{
    private readonly Dictionary<int, NumberFormat> tasks;

    /// <summary>Chooses the formats for a group of tasks.</summary>
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
        tasks = group.Tasks.ToDictionary(t => t, t => new NumberFormat(Metric, report.Variants.Select(v => v.TaskValues[t])));
    }

    /// <summary>The group of tasks whose values have this format.</summary>
    public MetricGroup Group { get; }

    /// <summary>The index of the group in the report.</summary>
    public int Index { get; }

    /// <summary>The headline metric of the group.</summary>
    public TaskMetric Metric { get; }

    /// <summary>The name of the value over all tasks of the group.</summary>
    public string OverallLabel { get; }

    /// <summary>The heading of a table's column, which is <see cref="OverallLabel"/>, with an arrow if higher is better.</summary>
    public string Heading { get; }

    /// <summary>The factor from the unit that is stored to the unit that is shown.</summary>
    public double Scale { get; }

    /// <summary>The unit that follows a difference in a sentence.</summary>
    public string Unit { get; }

    /// <summary>The direction of the metric in words: «higher is better» or «lower is better».</summary>
    public string Direction => Metric.HigherIsBetter() ? "higher is better" : "lower is better";

    /// <summary>The number format of the mean over tasks.</summary>
    public NumberFormat Overall { get; }

    /// <summary>Returns the number format of one of the group's tasks.</summary>
    public NumberFormat Task(int task) => tasks[task];

    /// <summary>Returns the percentage points by which one test row changes a proportion of a task in one run.</summary>
    public static string OneRow(int rows) => (100.0 / rows).ToString(rows > 10_000 ? "G2" : "F2", CultureInfo.InvariantCulture);

    /// <summary>Returns a p value as text: «0.0625», «0.25».</summary>
    public static string P(double p) => double.IsNaN(p) ? Numbers.None : Numbers.Minus(p.ToString("G3", CultureInfo.InvariantCulture));

    /// <summary>Returns a p value as an equation: «p = 0.012», or «p &lt; 1e−300» below the range of double precision.</summary>
    public static string Equation(double p) => p < 1e-300 ? "p < 1e−300" : "p = " + P(p);

    /// <summary>Returns a number with a sign and two decimals: «+1.30», «−0.45»; a large number has an exponent: «+9.1e23».</summary>
    public static string Signed(double value) => !double.IsFinite(value)
        ? Numbers.None
        : (value > 0 ? "+" : "") + (Math.Abs(value) < 1e6 ? Numbers.Fixed(value, 2) : Numbers.Significant(value, 3));
}
