using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Each task's improvement over the baseline, −Δ, so that up is good (Peres da Silva et al., figure 1b).</summary>
internal static class ImprovementChart
{
    private const double GroupWidth = 0.84;
    private const double BarPixels = 13;
    private const double WidestPlot = 1500;

    public static Chart Of(Report report, ErrorFormat format)
    {
        var variants = report.Variants.Where(v => v.Transfer is not null).ToList();
        var file = $"improvement{ChartStyle.FileSuffix(report, format)}.svg";
        return format.Group.Tasks.Count <= TaskSection.ListedInFull
            ? Bars(report, format, variants, file)
            : new Chart(
                file,
                $"improvement of every task over {report.Baseline}, tasks in ascending order for each variant",
                900,
                480,
                () => Curves(report, format, variants));
    }

    private static Chart Bars(Report report, ErrorFormat format, List<VariantReport> variants, string file)
    {
        var plotWidth = Math.Clamp(format.Group.Tasks.Count * variants.Count * BarPixels / GroupWidth, 420, WidestPlot);
        return new Chart(file, $"improvement of each task over {report.Baseline}, bars by variant", plotWidth + 260, 480, () =>
        {
            var model = Empty(report, format, "bars: mean over seeds; whiskers: 95 % interval over test rows; above 0 the task was helped");
            model.Axes.Add(ChartStyle.Names([.. format.Group.Tasks.Select(t => report.Tasks[t])], plotWidth));
            var colours = ChartStyle.Colours([.. variants.Select(v => v.Info.Role)]);
            var width = GroupWidth / variants.Count;
            Fit(model.Axes[0], variants, format);
            for (var v = 0; v < variants.Count; v++)
            {
                Add(model, format, variants[v], colours[v], -GroupWidth / 2 + v * width, width);
            }

            return model;
        });
    }

    private static void Add(PlotModel model, ErrorFormat format, VariantReport variant, OxyColor colour, double left, double width)
    {
        var scale = format.Scale;
        var bars = new RectangleBarSeries { Title = variant.Info.Name, FillColor = colour, StrokeThickness = 0 };
        var whiskers = new ScatterErrorSeries
        {
            MarkerType = MarkerType.None,
            ErrorBarColor = OxyColor.FromAColor(150, ChartStyle.Ink),
            ErrorBarStrokeThickness = 1,
            ErrorBarStopWidth = 2,
        };
        foreach (var (task, t) in Tasks(variant, format).Select((task, t) => (task, t)).Where(t => double.IsFinite(t.task.Delta)))
        {
            bars.Items.Add(new RectangleBarItem(t + left, 0, t + left + 0.92 * width, -task.Delta * scale));
            var (low, high) = task.Interval;
            if (double.IsFinite(low))
            {
                // The interval need not be symmetric about the mean: an error bar about its own middle draws it.
                whiskers.Points.Add(new ScatterErrorPoint(t + left + 0.46 * width, -(low + high) / 2 * scale, 0, (high - low) * scale));
            }
        }

        model.Series.Add(bars);
        model.Series.Add(whiskers);
    }

    /// <summary>Makes room for every bar, every whisker and the line at 0.</summary>
    private static void Fit(Axis axis, List<VariantReport> variants, ErrorFormat format)
    {
        var ends = variants
            .SelectMany(v => Tasks(v, format))
            .SelectMany(t => new[] { t.Delta, t.Interval.Low, t.Interval.High })
            .Where(double.IsFinite)
            .Select(delta => -delta * format.Scale)
            .Append(0)
            .ToList();
        var room = 0.04 * (ends.Max() - ends.Min());
        if (room > 0)
        {
            axis.Minimum = ends.Min() - room;
            axis.Maximum = ends.Max() + room;
        }
    }

    /// <summary>Too many tasks for bars: one curve a variant, its tasks from the worst hurt to the best helped.</summary>
    private static PlotModel Curves(Report report, ErrorFormat format, List<VariantReport> variants)
    {
        var model = Empty(report, format, "tasks in ascending order, for each variant by itself; where a curve is below 0 tasks were hurt on the mean");
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            Title = "tasks, ranked",
            Minimum = 1,
            Maximum = format.Group.Tasks.Count,
            MinorTickSize = 0,
            AxisTitleDistance = 8,
        });
        Fit(model.Axes[0], variants, format);
        var colours = ChartStyle.Colours([.. variants.Select(v => v.Info.Role)]);
        foreach (var (variant, v) in variants.Select((variant, v) => (variant, v)))
        {
            var curve = new LineSeries { Title = variant.Info.Name, Color = colours[v], StrokeThickness = 2 };
            var improvements = Tasks(variant, format).Select(t => -t.Delta * format.Scale).Where(double.IsFinite).Order();
            curve.Points.AddRange(improvements.Select((y, i) => new DataPoint(i + 1, y)));
            model.Series.Add(curve);
        }

        return model;
    }

    private static IEnumerable<TaskTransfer> Tasks(VariantReport variant, ErrorFormat format) => format.Group.Tasks.Select(t => variant.Transfer!.Tasks[t]);

    private static PlotModel Empty(Report report, ErrorFormat format, string subtitle)
    {
        var model = ChartStyle.Plot($"{report.Experiment}: improvement over {report.Baseline}", subtitle);
        model.Legends.Add(ChartStyle.Legend());
        model.Axes.Add(ChartStyle.Vertical(ChartStyle.ImprovementTitle(format)));
        model.Annotations.Add(new LineAnnotation { Type = LineAnnotationType.Horizontal, Y = 0, Color = ChartStyle.Ink, LineStyle = LineStyle.Solid, StrokeThickness = 1 });
        return model;
    }
}
