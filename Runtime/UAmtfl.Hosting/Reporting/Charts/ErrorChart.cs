using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the overall value of every variant as a row, with its standard deviation over seeds.</summary>
internal static class ErrorChart
{
    private const double Width = 760;
    private const double RowPixels = 28;
    private const double HalfRow = 0.34;

    /// <summary>Returns the chart of the headline metric over a group of tasks.</summary>
    public static Chart Of(Report report, ErrorFormat format) => Rows(
        report,
        new($"error{ChartStyle.FileSuffix(report, format)}.svg", format.OverallLabel, format.Direction, format.Overall, format.Scale),
        v => v.Overall[format.Index]);

    /// <summary>Returns the chart of the relative error over tasks with different metrics.</summary>
    public static Chart OfRelative(Report report, Formats formats) => Rows(
        report,
        new("error-relative.svg", "relative error", "lower is better, 1 is the mean predictor", formats.Relative, 1),
        v => v.Relative);

    private static Chart Rows(Report report, Measure measure, Func<VariantReport, Summary> value)
    {
        var rows = report.Variants.Select(v => new Bar(v.Info, value(v), measure.Scale)).Where(bar => double.IsFinite(bar.Mean)).ToList();
        return new Chart(
            measure.File,
            $"{measure.Label} of each variant, mean and standard deviation over seeds",
            Width,
            130 + (RowPixels * Math.Max(2, rows.Count)),
            () => Model(report, measure, rows));
    }

    private static PlotModel Model(Report report, Measure measure, List<Bar> rows)
    {
        var format = measure.Format;
        var model = ChartStyle.Plot(
            $"{report.Experiment}: {measure.Label}", $"mean over seeds; whiskers: ± one sample standard deviation; {measure.Direction}");
        if (rows.Count == 0)
        {
            return model;
        }

        var names = rows.Select(r => ChartStyle.Named(r.Variant)).ToList();
        var range = ChartRange.Of(rows.Select(r => (r.Low, r.High)));
        model.Axes.Add(ChartStyle.Rows(names));
        var axis = ChartStyle.Horizontal(measure.Label);
        var plot = Width - 60 - (ChartStyle.LetterWidth * Math.Min(40, names.Max(n => n.Length)));
        axis.Minimum = range.Low;
        axis.Maximum = Room(rows, range, plot, format);
        model.Axes.Add(axis);

        var colours = ChartStyle.Colours(report);
        var bars = new RectangleBarSeries { StrokeThickness = 0 };
        var whiskers = new ScatterErrorSeries
        {
            MarkerType = MarkerType.None,
            ErrorBarColor = ChartStyle.Ink,
            ErrorBarStrokeThickness = 1.3,
            ErrorBarStopWidth = 5,
        };
        model.Series.Add(bars);
        model.Series.Add(whiskers);
        foreach (var (row, y) in rows.Select((row, y) => (row, y)))
        {
            var beyond = range.IsBeyond(row.High) || range.IsBeyond(row.Low);
            var end = beyond && row.Mean > range.High ? axis.Maximum : Math.Clamp(row.Mean, range.Low, axis.Maximum);
            bars.Items.Add(new RectangleBarItem(0, y - HalfRow, end, y + HalfRow) { Color = colours[row.Variant.Name] });
            if (!beyond && row.High > row.Low)
            {
                whiskers.Points.Add(new ScatterErrorPoint(row.Mean, y, row.High - row.Low, 0));
            }

            model.Annotations.Add(beyond
                ? Label(Beyond(format, row), axis.Maximum, y, atEdge: true)
                : Label(format.Value(row.Stored.Mean), Math.Max(0, row.High), y, atEdge: false));
        }

        return model;
    }

    private static string Beyond(NumberFormat format, Bar row) =>
        row.Mean < 0 ? "← " + format.Value(row.Stored.Mean) : format.Value(row.Stored.Mean) + " →";

    /// <summary>Returns the label to the right of a whisker, or on white at the edge of the chart if the bar continues beyond
    /// it.</summary>
    private static TextAnnotation Label(string text, double x, double y, bool atEdge) => new()
    {
        Text = text,
        TextPosition = new DataPoint(x, y),
        TextHorizontalAlignment = atEdge ? HorizontalAlignment.Right : HorizontalAlignment.Left,
        TextVerticalAlignment = VerticalAlignment.Middle,
        Offset = new ScreenVector(atEdge ? -6 : 6, 0),
        Background = atEdge ? OxyColors.White : OxyColors.Undefined,
        Padding = new OxyThickness(2, 0, 2, 0),
        StrokeThickness = 0,
    };

    /// <summary>Returns the end of the axis that leaves room for every label to the right of its whisker.</summary>
    private static double Room(List<Bar> rows, ChartRange range, double plot, NumberFormat format)
    {
        var end = range.High;
        foreach (var row in rows.Where(r => !range.IsBeyond(r.High) && !range.IsBeyond(r.Low)))
        {
            var label = Math.Min(0.5 * plot, 14 + (8.5 * format.Value(row.Stored.Mean).Length));
            end = Math.Max(end, range.Low + ((Math.Max(0, row.High) - range.Low) * plot / (plot - label)));
        }

        return end > range.Low ? end : range.Low + 1;
    }

    /// <summary>The measure that a chart shows: its file, names, number format and scale.</summary>
    private sealed record Measure(string File, string Label, string Direction, NumberFormat Format, double Scale);

    /// <summary>A row of the chart in the unit that is shown.</summary>
    private sealed record Bar(VariantInfo Variant, Summary Stored, double Scale)
    {
        public double Mean => Stored.Mean * Scale;

        public double Low => Mean - Deviation;

        public double High => Mean + Deviation;

        private double Deviation => double.IsFinite(Stored.Sd) ? Stored.Sd * Scale : 0;
    }
}
