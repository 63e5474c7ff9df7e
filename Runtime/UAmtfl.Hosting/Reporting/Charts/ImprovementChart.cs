using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using UAmtfl.LinearModels;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Each task's improvement over the baseline, −Δ, so that up is good (Peres da Silva et al., figure 1b): bars of few variants
/// and tasks, curves over many tasks, and of many variants a row each with how the tasks are spread.</summary>
internal static class ImprovementChart
{
    /// <summary>Up to this many variants can be told apart side by side.</summary>
    private const int SideBySide = 8;

    private const int LongestNote = 34;

    public static Chart Of(Report report, ErrorFormat format)
    {
        var unit = new ImprovementUnit(report, format);
        var variants = report.Variants.Where(v => v.Transfer is not null).Select(v => new ImprovedVariant(v, unit)).ToList();
        var file = $"improvement{ChartStyle.FileSuffix(report, format)}.svg";
        var caption = $"improvement of each task over {report.Baseline}";
        if (variants.Count > SideBySide)
        {
            return new Chart(
                file,
                $"{caption}, a row a variant",
                ImprovementRows.Width,
                ImprovementRows.Height(variants.Count),
                () => ImprovementRows.Model(report, unit, variants));
        }

        return format.Group.Tasks.Count <= TaskSection.ListedInFull
            ? new Chart(
                file,
                $"{caption}, bars by variant",
                ImprovementBars.Width(variants.Count, format.Group.Tasks.Count),
                500,
                () => ImprovementBars.Model(report, unit, variants))
            : new Chart(
                file,
                $"{caption}, tasks in ascending order for each variant",
                900,
                480,
                () => ImprovementCurves.Model(report, unit, variants));
    }

    /// <summary>An empty chart with a line at 0.</summary>
    public static PlotModel Empty(Report report, string subtitle, bool vertical)
    {
        var model = ChartStyle.Plot($"{report.Experiment}: improvement over {report.Baseline}", subtitle);
        model.Annotations.Add(new LineAnnotation
        {
            Type = vertical ? LineAnnotationType.Vertical : LineAnnotationType.Horizontal,
            X = 0,
            Y = 0,
            Color = ChartStyle.Ink,
            LineStyle = LineStyle.Solid,
            StrokeThickness = 1,
        });
        return model;
    }

    /// <summary>Makes room for a range and a little more.</summary>
    public static void Fit(Axis axis, ChartRange range)
    {
        var room = 0.05 * (range.High - range.Low);
        axis.Minimum = range.Low - (room > 0 ? room : 1);
        axis.Maximum = range.High + (room > 0 ? room : 1);
    }

    /// <summary>«beyond the axis: Mean on Two −310, …», for the title of the horizontal axis; null where all is shown.</summary>
    /// <param name="beyond">What is not shown, the farthest first.</param>
    /// <param name="range">What is.</param>
    public static string? Note(IReadOnlyList<(string Where, double Value)> beyond, ChartRange range)
    {
        if (beyond.Count == 0)
        {
            return range.High > range.Low ? null : "every difference is 0";
        }

        var said = beyond.Take(3).Select(b => $"{b.Where} {Numbers.Significant(b.Value, 3)}").ToList();
        while (said.Count > 1 && said.Sum(text => text.Length) > LongestNote)
        {
            said.RemoveAt(said.Count - 1);
        }

        return $"beyond the axis: {string.Join(", ", said)}{(beyond.Count > said.Count ? $" and {beyond.Count - said.Count} more" : "")}";
    }
}

/// <summary>The unit of improvements: the metric's own; in per cent of the baseline's value where those are too different for one
/// axis.</summary>
internal sealed class ImprovementUnit
{
    /// <summary>Values that differ by more do not fit one axis.</summary>
    private const double Spread = 20;

    /// <summary>The share of the baseline's value that is as good as no difference.</summary>
    private const double Resolution = 1e-3;

    private readonly double[] _factors;
    private readonly double _resolution;

    public ImprovementUnit(Report report, ErrorFormat format)
    {
        Tasks = format.Group.Tasks;
        var baseline = report.Variants.First(v => v.Info.Name == report.Baseline).TaskValues;
        double[] values = [.. Tasks.Select(t => baseline[t])];
        var positive = values.Where(v => v > 0 && double.IsFinite(v)).ToList();
        var isOpen = format.Metric is TaskMetric.Mse or TaskMetric.Rmse;
        var relative = isOpen && positive.Count > 0 && positive.Max() > Spread * positive.Min();
        _factors = relative ? Array.ConvertAll(values, v => v > 0 ? 100 / v : double.NaN) : Array.ConvertAll(values, _ => format.Scale);
        _resolution = Resolution * (relative ? 100 : format.Scale * positive.DefaultIfEmpty(0).Average());
        Title = relative ? $"error reduction (% of {report.Baseline})" : ChartStyle.ImprovementTitle(format);
    }

    /// <summary>The tasks of the chart.</summary>
    public IReadOnlyList<int> Tasks { get; }

    /// <summary>The label of the axis.</summary>
    public string Title { get; }

    /// <summary>The range of an axis.</summary>
    /// <param name="extents">From where to where each improvement reaches.</param>
    public ChartRange Range(IEnumerable<(double Low, double High)> extents) => ChartRange.Of(extents, _resolution, bounded: true);

    /// <summary>A difference of the loss as an improvement.</summary>
    /// <param name="index">The task's place among <see cref="Tasks"/>.</param>
    /// <param name="delta">Above 0 is worse.</param>
    public double Of(int index, double delta) => 0 - (delta * _factors[index]);
}

/// <summary>A variant's improvements.</summary>
internal sealed class ImprovedVariant
{
    public ImprovedVariant(VariantReport variant, ImprovementUnit unit)
    {
        Report = variant;
        var tasks = unit.Tasks.Select(t => variant.Transfer!.Tasks[t]).ToList();
        Values = [.. tasks.Select((t, i) => unit.Of(i, t.Delta))];
        Intervals = [.. tasks.Select((t, i) => (unit.Of(i, t.Interval.High), unit.Of(i, t.Interval.Low)))];
        Sorted = [.. Values.Where(double.IsFinite).Order()];
    }

    /// <summary>The variant.</summary>
    public VariantReport Report { get; }

    /// <summary>[tasks], NaN where it is not defined.</summary>
    public double[] Values { get; }

    /// <summary>[tasks], of the improvement; NaN where there is none.</summary>
    public (double Low, double High)[] Intervals { get; }

    /// <summary>The defined ones, ascending.</summary>
    public double[] Sorted { get; }
}
