using System.Globalization;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting.Sections;

/// <summary>How a report prints the values of one metric: proportions in per cent with two decimals, others with about five significant
/// digits, the same number of decimals everywhere so that columns compare at a glance.</summary>
internal sealed class ErrorFormat
{
    private readonly string _decimals;

    /// <summary>Chooses the decimals from the largest value.</summary>
    public ErrorFormat(Report report, MetricGroup group)
    {
        Group = group;
        Metric = group.Metric;
        OverallLabel = Metric.OverallLabel(report.OneVsAll);
        Heading = OverallLabel + (Metric.HigherIsBetter() ? " ↑" : "");
        Scale = Metric.IsPercent() ? 100 : 1;
        Unit = Metric.IsPercent() ? " points" : "";
        var index = report.Groups.Select((g, i) => (g.Metric, i)).First(g => g.Metric == Metric).i;
        var largest = report.Variants.SelectMany(v => group.Tasks.Select(t => v.TaskValues[t]).Append(v.Overall[index].Mean))
            .Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
        var decimals = Metric.IsPercent() || largest == 0 ? 2 : Math.Clamp(4 - (int)Math.Floor(Math.Log10(largest)), 0, 8);
        _decimals = "F" + decimals.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What stands for a value that does not exist.</summary>
    public const string None = "–";

    /// <summary>The tasks whose values are printed so.</summary>
    public MetricGroup Group { get; }

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

    /// <summary>«5.49».</summary>
    public string Value(double error) =>
        double.IsFinite(error) ? Unsigned(error * Scale).ToString(_decimals, CultureInfo.InvariantCulture).Replace('-', '−') : None;

    /// <summary>«+0.03», «−0.45», «0.00».</summary>
    public string Difference(double difference) => difference > 0 && double.IsFinite(difference) ? "+" + Value(difference) : Value(difference);

    /// <summary>«5.49 ± 0.13», without the deviation where there is none.</summary>
    public string MeanAndSd(Summary summary) => Value(summary.Mean) + Deviation(summary);

    /// <summary>«−0.45 ± 0.20».</summary>
    public string DifferenceAndSd(Summary summary) => Difference(summary.Mean) + Deviation(summary);

    /// <summary>«[−0.70, −0.10]».</summary>
    public string Range(Interval interval) => double.IsNaN(interval.Low) ? None : $"[{Difference(interval.Low)}, {Difference(interval.High)}]";

    /// <summary>What one of a task's test rows is worth in one run, in points; for proportions.</summary>
    public static string OneRow(int rows) => (100.0 / rows).ToString(rows > 10_000 ? "G2" : "F2", CultureInfo.InvariantCulture);

    /// <summary>«0.0625», «0.25».</summary>
    public static string P(double p) => double.IsNaN(p) ? None : p.ToString("G3", CultureInfo.InvariantCulture);

    /// <summary>«p = 0.012»; «p &lt; 1e-300» where double precision ends.</summary>
    public static string Equation(double p) => p < 1e-300 ? "p < 1e-300" : "p = " + P(p);

    /// <summary>«+1.30», «−0.45»: a number with a sign and two decimals.</summary>
    public static string Signed(double value) => !double.IsFinite(value)
        ? None
        : (value > 0 ? "+" : "") + Unsigned(value).ToString("F2", CultureInfo.InvariantCulture).Replace('-', '−');

    private string Deviation(Summary summary) => double.IsFinite(summary.Sd) ? " ± " + Value(summary.Sd) : "";

    /// <summary>No «−0.00».</summary>
    private static double Unsigned(double value) => value == 0 ? 0 : value;
}
