using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws the overall value of every variant as a bar from 0 with its number, its standard deviation over seeds, and a line at the
/// baseline's value.</summary>
internal static class ErrorChart
{
    private const double RowHeight = 26;

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
            $"{measure.Label} of each variant, mean and standard deviation over seeds; {measure.Direction}",
            () => Draw(report, measure, rows));
    }

    private static Picture Draw(Report report, Measure measure, List<Bar> rows)
    {
        var title = $"{report.Experiment}: {measure.Label}";
        var baseline = rows.FirstOrDefault(r => r.Variant.Name == report.Baseline);
        var reading = $"Bar: mean over seeds; whisker: ± one sample standard deviation; {measure.Direction}"
            + (baseline is null ? "." : $"; dashed: {report.Baseline}.");
        var (top, bottom) = (Plot.Head + 4, Plot.Head + 4 + (RowHeight * Math.Max(1, rows.Count)));
        var picture = Plot.Begin(Math.Max(Plot.Width, Plot.Needed(title, reading)), bottom + 46, title, reading);
        if (rows.Count == 0)
        {
            return picture;
        }

        var names = rows.Select(r => ChartStyle.Named(r.Variant)).ToList();
        var numbers = rows.ToDictionary(r => r, r => measure.Format.MeanAndSd(r.Stored));
        var range = ChartRange.Of(rows.Select(r => (r.Low, r.High)));
        var left = 22 + Plot.NameWidth(names);
        var right = picture.Width - 20 - numbers.Values.Max(n => TextWidth.Of(n, Plot.Small)) - 8;
        var x = new Scale(range.Low, range.High, left, right);
        Plot.Bottom(picture, x, (top, bottom), 7);
        picture.Words((left + right) / 2, bottom + 32, measure.Label, Plot.Note with { At = Anchor.Middle });
        var colours = ChartStyle.Colours(report);
        for (var row = 0; row < rows.Count; row++)
        {
            var place = (x, top + ((row + 0.5) * RowHeight));
            Plot.Name(picture, left - 8, place.Item2, names[row]);
            Draw(picture, rows[row], numbers[rows[row]], place, range, colours[rows[row].Variant.Name]);
        }

        if (baseline is not null && !range.IsBeyond(baseline.Mean))
        {
            picture.Line(x.At(baseline.Mean), top, x.At(baseline.Mean), bottom, new(Palette.Ink, 1, [4, 3]));
        }

        return picture;
    }

    private static void Draw(Picture picture, Bar bar, string number, (Scale X, double Y) place, ChartRange range, string colour)
    {
        var (x, y) = place;
        var (zero, end) = (x.At(0), x.At(bar.Mean));
        picture.Box(Math.Min(zero, end), y - 8, Math.Abs(end - zero), 16, colour);
        var beyond = range.IsBeyond(bar.Mean);
        if (!beyond && bar.High > bar.Low)
        {
            picture.Strokes(
                [
                    [new(x.At(bar.Low), y), new(x.At(bar.High), y)],
                    [new(x.At(bar.Low), y - 4), new(x.At(bar.Low), y + 4)],
                    [new(x.At(bar.High), y - 4), new(x.At(bar.High), y + 4)],
                ],
                new(Palette.Ink, 1.3));
        }

        // The number of a bar that continues beyond the axis has an arrow.
        var words = !beyond ? number : bar.Mean < 0 ? "← " + number : number + " →";
        var right = beyond ? x.At(double.PositiveInfinity) : Math.Max(zero, x.At(Math.Max(bar.High, bar.Mean)));
        picture.Words(right + 6, y, words, Plot.Label);
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
