using UAmtfl.Evaluation.Statistics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>Formats the values of one task, or of one mean over tasks, with the same number of decimals for all variants, so that a
/// column can be compared at a glance. The middle value decides the number, because a variant that diverged would otherwise cost the
/// others their digits.</summary>
internal sealed class NumberFormat
{
    /// <summary>The size from which a number has an exponent.</summary>
    private const double Large = 1e7;

    /// <summary>The size of the middle value below which all numbers of the format have exponents.</summary>
    private const double Small = 1e-4;

    private const int Digits = 5;

    private readonly double scale;
    private readonly int decimals;
    private readonly bool exponents;

    /// <summary>Chooses the number of decimals: two for per cent, four for metrics bounded by 1, and otherwise as many as give the middle
    /// value five digits.</summary>
    /// <param name="metric">The metric of the values.</param>
    /// <param name="values">A value for each variant, in the unit that is stored.</param>
    public NumberFormat(TaskMetric metric, IEnumerable<double> values)
    {
        scale = metric.IsPercent() ? 100 : 1;
        var sorted = values.Where(double.IsFinite).Select(Math.Abs).Where(v => v > 0).Order().ToArray();
        var middle = sorted.Length == 0 ? 1 : sorted[(sorted.Length - 1) / 2];
        var isOpen = metric is TaskMetric.Mse or TaskMetric.Rmse;
        decimals = metric.IsPercent() ? 2 : !isOpen ? 4 : Math.Clamp(Digits - 1 - Numbers.Magnitude(middle), 0, 8);
        exponents = isOpen && (middle is < Small or >= Large);
    }

    /// <summary>Returns a value as text: «5.49», «9.1e23», «4.02e−6».</summary>
    public string Value(double value)
    {
        var shown = value * scale;
        return !double.IsFinite(shown) ? Numbers.None
            : shown == 0 ? Numbers.Fixed(0, exponents ? 0 : decimals)
            : exponents || Math.Abs(shown) >= Large ? Numbers.Exponent(shown, Digits)
            : Math.Abs(shown) < 0.5 * Math.Pow(10, -decimals) ? Numbers.Significant(shown, 2)
            : Numbers.Fixed(shown, decimals);
    }

    /// <summary>Returns a difference as text: «+0.03», «−0.45», «0.00».</summary>
    public string Difference(double difference) =>
        difference > 0 && double.IsFinite(difference) ? "+" + Value(difference) : Value(difference);

    /// <summary>Returns a mean with its standard deviation, such as «5.49 ± 0.13», or only the mean if there is no deviation.</summary>
    public string MeanAndSd(Summary summary) => Value(summary.Mean) + Deviation(summary);

    /// <summary>Returns a mean difference with its standard deviation, such as «−0.45 ± 0.20».</summary>
    public string DifferenceAndSd(Summary summary) => Difference(summary.Mean) + Deviation(summary);

    /// <summary>Returns an interval as text, such as «[−0.70, −0.10]».</summary>
    public string Range(Interval interval) =>
        double.IsNaN(interval.Low) ? Numbers.None : $"[{Difference(interval.Low)}, {Difference(interval.High)}]";

    private string Deviation(Summary summary) => double.IsFinite(summary.Sd) ? " ± " + Value(summary.Sd) : "";
}
