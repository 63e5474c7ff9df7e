using UAmtfl.Evaluation.Metrics;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting.Sections;

/// <summary>How the values of one task, or of one mean over tasks, are printed: equally many decimals for all variants, so that a column
/// compares at a glance, chosen by the middle one, so that a variant that diverged does not take the digits of all others.</summary>
internal sealed class NumberFormat
{
    /// <summary>From here on a number has an exponent.</summary>
    private const double Large = 1e7;

    /// <summary>A format whose middle value is below, or large, has exponents throughout.</summary>
    private const double Small = 1e-4;

    private const int Digits = 5;

    private readonly double _scale;
    private readonly int _decimals;
    private readonly bool _exponents;

    /// <summary>Chooses the decimals: two for per cent, four for what is bounded by 1, else as many as give the middle value five
    /// digits.</summary>
    /// <param name="metric">What the values are.</param>
    /// <param name="values">One a variant, in the unit that is stored.</param>
    public NumberFormat(TaskMetric metric, IEnumerable<double> values)
    {
        _scale = metric.IsPercent() ? 100 : 1;
        var sorted = values.Where(double.IsFinite).Select(Math.Abs).Where(v => v > 0).Order().ToArray();
        var middle = sorted.Length == 0 ? 1 : sorted[(sorted.Length - 1) / 2];
        var isOpen = metric is TaskMetric.Mse or TaskMetric.Rmse;
        _decimals = metric.IsPercent() ? 2 : !isOpen ? 4 : Math.Clamp(Digits - 1 - Numbers.Magnitude(middle), 0, 8);
        _exponents = isOpen && (middle is < Small or >= Large);
    }

    /// <summary>«5.49», «9.1e23», «4.02e−6».</summary>
    public string Value(double value)
    {
        var shown = value * _scale;
        return !double.IsFinite(shown) ? Numbers.None
            : shown == 0 ? Numbers.Fixed(0, _exponents ? 0 : _decimals)
            : _exponents || Math.Abs(shown) >= Large ? Numbers.Exponent(shown, Digits)
            : Math.Abs(shown) < 0.5 * Math.Pow(10, -_decimals) ? Numbers.Significant(shown, 2)
            : Numbers.Fixed(shown, _decimals);
    }

    /// <summary>«+0.03», «−0.45», «0.00».</summary>
    public string Difference(double difference) =>
        difference > 0 && double.IsFinite(difference) ? "+" + Value(difference) : Value(difference);

    /// <summary>«5.49 ± 0.13», without the deviation where there is none.</summary>
    public string MeanAndSd(Summary summary) => Value(summary.Mean) + Deviation(summary);

    /// <summary>«−0.45 ± 0.20».</summary>
    public string DifferenceAndSd(Summary summary) => Difference(summary.Mean) + Deviation(summary);

    /// <summary>«[−0.70, −0.10]».</summary>
    public string Range(Interval interval) =>
        double.IsNaN(interval.Low) ? Numbers.None : $"[{Difference(interval.Low)}, {Difference(interval.High)}]";

    private string Deviation(Summary summary) => double.IsFinite(summary.Sd) ? " ± " + Value(summary.Sd) : "";
}
