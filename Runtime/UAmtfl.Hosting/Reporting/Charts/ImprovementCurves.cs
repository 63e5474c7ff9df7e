using OxyPlot;
using OxyPlot.Series;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws improvements on many tasks as a curve for each variant, from the task that is hurt most to the one that is helped
/// most.</summary>
internal static class ImprovementCurves
{
    /// <summary>The number of tasks above which the axis leaves out one per cent of them at either end if those are far out.</summary>
    private const int Long = 100;

    private const double FarOut = 3;

    /// <summary>The largest number of points of a curve.</summary>
    private const int Points = 400;

    public static PlotModel Model(Report report, ImprovementUnit unit, IReadOnlyList<ImprovedVariant> variants)
    {
        var range = unit.Range(variants.Where(v => v.Sorted.Length > 0).Select(v => Extent(v.Sorted)));
        var beyond = variants
            .Select(v => (v.Report.Info.Name, Value: v.Sorted.Where(range.IsBeyond).OrderByDescending(Math.Abs).FirstOrDefault()))
            .Where(b => b.Value != 0).OrderByDescending(b => Math.Abs(b.Value)).ToList();
        var model = ImprovementChart.Empty(
            report,
            "tasks in ascending order, for each variant by itself; where a curve is below 0 tasks were hurt on the mean",
            vertical: false);
        var axis = ChartStyle.Vertical(unit.Title);
        ImprovementChart.Fit(axis, range);
        model.Axes.Add(axis);
        var tasks = ChartStyle.Horizontal(ImprovementChart.Note(beyond, range) is { } note ? $"tasks, ranked; {note}" : "tasks, ranked");
        tasks.Minimum = 1;
        tasks.MinimumMajorStep = 1;
        tasks.Maximum = unit.Tasks.Count;
        tasks.MajorGridlineStyle = LineStyle.None;
        model.Axes.Add(tasks);
        model.Legends.Add(ChartStyle.Legend());
        var (colours, lines) = (ChartStyle.Colours(report), ChartStyle.Lines(report));
        foreach (var variant in variants)
        {
            var name = variant.Report.Info.Name;
            var curve = new LineSeries { Title = name, Color = colours[name], LineStyle = lines[name], StrokeThickness = 2 };
            var sorted = variant.Sorted;
            var step = Math.Max(1, (double)(sorted.Length - 1) / Points);
            for (var at = 0.0; at < sorted.Length; at += step)
            {
                var i = (int)Math.Min(sorted.Length - 1, Math.Round(at));
                curve.Points.Add(new DataPoint(i + 1, sorted[i]));
            }

            model.Series.Add(curve);
        }

        return model;
    }

    private static (double Low, double High) Extent(double[] sorted)
    {
        var (all, most) = ((Low: sorted[0], High: sorted[^1]), (Low: Quantile.Of(sorted, 0.01), High: Quantile.Of(sorted, 0.99)));
        return sorted.Length > Long && all.High - all.Low > FarOut * (most.High - most.Low) ? most : all;
    }
}
