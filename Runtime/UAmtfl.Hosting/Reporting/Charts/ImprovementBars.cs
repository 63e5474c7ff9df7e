using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws improvements as a group of bars for each task, with a bar and an interval for each variant.</summary>
internal static class ImprovementBars
{
    private const double GroupWidth = 0.84;
    private const double BarPixels = 13;
    private const double WidestPlot = 1500;

    public static double Width(int variants, int tasks) => Plot(variants, tasks) + 270;

    public static PlotModel Model(Report report, ImprovementUnit unit, IReadOnlyList<ImprovedVariant> variants)
    {
        var range = unit.Range(variants.SelectMany(v => v.Values.Select((value, t) => Extent(value, v.Intervals[t]))));
        var beyond = variants.Select(v => Farthest(v, unit, report))
            .Where(b => range.IsBeyond(b.Value)).OrderByDescending(b => Math.Abs(b.Value)).ToList();
        var model = ImprovementChart.Empty(
            report, "bars: mean over seeds; whiskers: 95 % interval over test rows; above 0 the task was helped", vertical: false);
        var axis = ChartStyle.Vertical(unit.Title);
        ImprovementChart.Fit(axis, range);
        model.Axes.Add(axis);
        var names = ChartStyle.Names([.. unit.Tasks.Select(t => report.Tasks[t])], Plot(variants.Count, unit.Tasks.Count));
        names.Title = ImprovementChart.Note(beyond, range);
        model.Axes.Add(names);
        model.Legends.Add(ChartStyle.Legend());
        var colours = ChartStyle.Colours(report);
        var width = GroupWidth / variants.Count;
        for (var v = 0; v < variants.Count; v++)
        {
            var bars = new RectangleBarSeries
            {
                Title = variants[v].Report.Info.Name,
                FillColor = colours[variants[v].Report.Info.Name],
                StrokeThickness = 0,
            };
            Add(model, bars, variants[v], ((-GroupWidth / 2) + (v * width), width), range, (axis.Minimum, axis.Maximum));
        }

        return model;
    }

    private static (string Where, double Value) Farthest(ImprovedVariant variant, ImprovementUnit unit, Report report)
    {
        var (value, index) = variant.Values.Index().Select(v => (v.Item, v.Index))
            .Where(v => double.IsFinite(v.Item)).DefaultIfEmpty().MaxBy(v => Math.Abs(v.Item));
        return ($"{variant.Report.Info.Name} on {report.Tasks[unit.Tasks[index]]}", value);
    }

    private static double Plot(int variants, int tasks) => Math.Clamp(tasks * variants * BarPixels / GroupWidth, 460, WidestPlot);

    private static (double Low, double High) Extent(double value, (double Low, double High) interval) =>
        double.IsFinite(interval.Low) ? (Math.Min(value, interval.Low), Math.Max(value, interval.High)) : (value, value);

    private static void Add(
        PlotModel model,
        RectangleBarSeries bars,
        ImprovedVariant variant,
        (double Left, double Width) place,
        ChartRange range,
        (double Low, double High) axis)
    {
        var (left, width) = place;
        var whiskers = new ScatterErrorSeries
        {
            MarkerType = MarkerType.None,
            ErrorBarColor = OxyColor.FromAColor(150, ChartStyle.Ink),
            ErrorBarStrokeThickness = 1,
            ErrorBarStopWidth = 2,
        };
        for (var t = 0; t < variant.Values.Length; t++)
        {
            var (value, (low, high)) = (variant.Values[t], variant.Intervals[t]);
            if (!double.IsFinite(value))
            {
                continue;
            }

            var middle = t + left + (0.46 * width);
            var beyond = range.IsBeyond(value);
            var end = !beyond ? value : value < 0 ? axis.Low : axis.High;
            bars.Items.Add(new RectangleBarItem(t + left, 0, t + left + (0.92 * width), end));
            if (beyond)
            {
                AddArrow(model, middle, value < 0, axis);
            }
            else if (double.IsFinite(low))
            {
                // The error bar is drawn about the middle of the interval, because an interval need not be symmetric about the mean.
                var (from, to) = (Math.Max(low, axis.Low), Math.Min(high, axis.High));
                whiskers.Points.Add(new ScatterErrorPoint(middle, (from + to) / 2, 0, to - from));
            }
        }

        model.Series.Add(bars);
        model.Series.Add(whiskers);
    }

    /// <summary>Draws an arrow at a bar that continues beyond the axis.</summary>
    private static void AddArrow(PlotModel model, double x, bool down, (double Low, double High) axis)
    {
        model.Annotations.Add(new TextAnnotation
        {
            Text = down ? "▼" : "▲",
            TextPosition = new DataPoint(x, down ? axis.Low : axis.High),
            TextVerticalAlignment = down ? VerticalAlignment.Bottom : VerticalAlignment.Top,
            TextColor = ChartStyle.Ink,
            FontSize = 9,
            StrokeThickness = 0,
        });
    }
}
