using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Legends;
using OxyPlot.Series;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Hosting;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>The overall value of every variant, with its deviation over seeds.</summary>
internal static class ErrorChart
{
    private const double HalfWidth = 0.32;

    public static Chart Of(Report report, ErrorFormat format)
    {
        var group = report.Groups.Select((g, i) => (g.Metric, i)).First(g => g.Metric == format.Metric).i;
        var variants = report.Variants.Where(v => double.IsFinite(v.Overall[group].Mean)).Select(v => (v.Info, Overall: v.Overall[group])).ToList();
        var width = Math.Max(520, 140 + 95 * variants.Count);
        var caption = $"{format.OverallLabel} of each variant, mean and standard deviation over seeds";
        return new Chart($"error{ChartStyle.FileSuffix(report, format)}.svg", caption, width, 440, () => Model(report, format, variants, width - 110));
    }

    private static PlotModel Model(Report report, ErrorFormat format, List<(VariantInfo Info, Summary Overall)> variants, double plotWidth)
    {
        var model = ChartStyle.Plot($"{report.Experiment}: {format.OverallLabel}", $"mean over seeds; whiskers: ± one sample standard deviation; {format.Direction}");
        if (variants.Count == 0)
        {
            return model;
        }

        model.Axes.Add(ChartStyle.Names([.. variants.Select(v => v.Info.Name)], plotWidth));
        var vertical = ChartStyle.Vertical(format.OverallLabel);
        vertical.MinimumPadding = 0;
        vertical.MaximumPadding = 0.12;
        vertical.Minimum = Math.Min(0, variants.Min(v => v.Overall.Mean) * format.Scale);
        model.Axes.Add(vertical);
        model.Legends.Add(ChartStyle.Legend(LegendPosition.BottomCenter));

        foreach (var role in variants.Select(v => v.Info.Role).Distinct())
        {
            model.Series.Add(Bars(variants, role, format.Scale));
        }

        model.Series.Add(Deviations(variants, format.Scale));
        foreach (var (variant, x) in variants.Select((v, x) => (v, x)))
        {
            var top = variant.Overall.Mean + (double.IsFinite(variant.Overall.Sd) ? variant.Overall.Sd : 0);
            model.Annotations.Add(new TextAnnotation
            {
                Text = format.Value(variant.Overall.Mean),
                TextPosition = new DataPoint(x, top * format.Scale),
                TextVerticalAlignment = VerticalAlignment.Bottom,
                Offset = new ScreenVector(0, -5),
                StrokeThickness = 0,
            });
        }

        return model;
    }

    private static RectangleBarSeries Bars(List<(VariantInfo Info, Summary Overall)> variants, VariantRole role, double scale)
    {
        var bars = new RectangleBarSeries { Title = role.ToString().ToLowerInvariant(), FillColor = ChartStyle.Role(role), StrokeThickness = 0 };
        foreach (var (variant, x) in variants.Select((v, x) => (v, x)).Where(v => v.v.Info.Role == role))
        {
            bars.Items.Add(new RectangleBarItem(x - HalfWidth, 0, x + HalfWidth, variant.Overall.Mean * scale));
        }

        return bars;
    }

    private static ScatterErrorSeries Deviations(List<(VariantInfo Info, Summary Overall)> variants, double scale)
    {
        var deviations = new ScatterErrorSeries { MarkerType = MarkerType.None, ErrorBarColor = ChartStyle.Ink, ErrorBarStrokeThickness = 1.3, ErrorBarStopWidth = 5 };
        foreach (var (variant, x) in variants.Select((v, x) => (v, x)).Where(v => double.IsFinite(v.v.Overall.Sd)))
        {
            deviations.Points.Add(new ScatterErrorPoint(x, variant.Overall.Mean * scale, 0, 2 * variant.Overall.Sd * scale));
        }

        return deviations;
    }
}
