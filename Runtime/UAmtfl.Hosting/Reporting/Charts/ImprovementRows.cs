using OxyPlot;
using OxyPlot.Series;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws improvements as a row for each variant: a box over the middle half of the tasks, a line from the 5 % to the 95 %
/// quantile, and a dot for each task if they are few.</summary>
internal static class ImprovementRows
{
    public const double Width = 860;

    private const double RowPixels = 24;

    public static double Height(int variants) => 150 + (RowPixels * variants);

    public static PlotModel Model(Report report, ImprovementUnit unit, IReadOnlyList<ImprovedVariant> variants)
    {
        var drawn = variants.Where(v => v.Sorted.Length > 0).ToList();
        var few = unit.Tasks.Count <= TaskSection.ListedInFull;
        var range = unit.Range(drawn.Select(v =>
            few ? (v.Sorted[0], v.Sorted[^1]) : (Quantile.Of(v.Sorted, 0.05), Quantile.Of(v.Sorted, 0.95))));
        var beyond = drawn.Select(v => (v.Report.Info.Name, Value: v.Sorted.OrderByDescending(Math.Abs).First()))
            .Where(b => range.IsBeyond(b.Value)).OrderByDescending(b => Math.Abs(b.Value)).ToList();
        var model = ImprovementChart.Empty(
            report,
            $"box: middle half of the tasks with the median; line: 5 % to 95 % quantile{(few ? "; dots: tasks" : "")}; right of 0 helped",
            vertical: true);
        var axis = ChartStyle.Horizontal(ImprovementChart.Note(beyond, range) is { } note ? $"{unit.Title}; {note}" : unit.Title);
        ImprovementChart.Fit(axis, range);
        model.Axes.Add(axis);
        model.Axes.Add(ChartStyle.Rows(drawn.Select(v => ChartStyle.Named(v.Report.Info))));
        var colours = ChartStyle.Colours(report);
        var boxes = new RectangleBarSeries { StrokeThickness = 0 };
        var grey = OxyColor.FromAColor(140, ChartStyle.Ink);
        var dots = new ScatterSeries { MarkerType = MarkerType.Circle, MarkerSize = 2, MarkerFill = grey };
        var tick = 0.0015 * (axis.Maximum - axis.Minimum);
        foreach (var (variant, y) in drawn.Select((v, y) => (v, y)))
        {
            double[] levels = [0.05, 0.25, 0.5, 0.75, 0.95];
            var at = Array.ConvertAll(levels, q => Math.Clamp(Quantile.Of(variant.Sorted, q), axis.Minimum, axis.Maximum));
            var colour = colours[variant.Report.Info.Name];
            boxes.Items.Add(new RectangleBarItem(at[0], y - 0.05, at[4], y + 0.05) { Color = colour });
            boxes.Items.Add(new RectangleBarItem(at[1], y - 0.3, at[3], y + 0.3) { Color = colour });
            boxes.Items.Add(new RectangleBarItem(at[2] - tick, y - 0.38, at[2] + tick, y + 0.38) { Color = ChartStyle.Ink });
            if (few)
            {
                dots.Points.AddRange(
                    variant.Sorted.Where(v => v >= axis.Minimum && v <= axis.Maximum).Select(v => new ScatterPoint(v, y)));
            }
        }

        model.Series.Add(boxes);
        model.Series.Add(dots);
        return model;
    }
}
