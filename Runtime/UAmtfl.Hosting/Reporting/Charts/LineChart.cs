using UAmtfl.Reporting.Charts.Drawing;

namespace UAmtfl.Reporting.Charts;

/// <summary>A line of a chart over epochs.</summary>
/// <param name="Name">The name at its end.</param>
/// <param name="Values">The value of each epoch; NaN for none.</param>
/// <param name="Colour">The colour.</param>
/// <param name="Dashes">The lengths of dashes and gaps; null for a solid line.</param>
/// <param name="Band">The lower and the upper end of a band about the line in each epoch; null for none.</param>
internal sealed record ChartLine(
    string Name, IReadOnlyList<double> Values, string Colour, IReadOnlyList<double>? Dashes = null,
    IReadOnlyList<(double Low, double High)>? Band = null);

/// <summary>Draws lines over epochs, each named at its end, with bands about them.</summary>
internal static class LineChart
{
    /// <summary>The factor of variation above which an axis is logarithmic, as for the σ of a price beside that of a rating.</summary>
    private const double Orders = 50;

    private const double LineHeight = 14;

    /// <summary>The width of the short line from the end of a line to its name.</summary>
    private const double Lead = 14;

    private const double PlotHeight = 280;

    /// <summary>The largest number of points of a line.</summary>
    private const int Points = 400;

    /// <summary>Draws the chart.</summary>
    /// <param name="title">The title.</param>
    /// <param name="reading">The line that says how to read it.</param>
    /// <param name="unit">The name of the vertical axis.</param>
    /// <param name="lines">The lines, at least one, of which later ones cover earlier ones.</param>
    public static Picture Draw(string title, string reading, string unit, IReadOnlyList<ChartLine> lines)
    {
        var named = lines.Where(l => l.Values.Any(double.IsFinite)).ToList();
        var values = named.SelectMany(l => l.Values)
            .Concat(named.SelectMany(l => l.Band ?? []).SelectMany(b => new[] { b.Low, b.High })).Where(double.IsFinite).ToList();
        var names = named.Select(l => TextWidth.Of(l.Name, Plot.Small)).DefaultIfEmpty(0).Max();
        var width = Math.Max(Plot.Width, Plot.Needed(title, reading));
        var bottom = Plot.Head + 22 + Math.Max(PlotHeight, LineHeight * named.Count);
        var picture = Plot.Begin(width, bottom + 46, title, reading);
        if (values.Count == 0)
        {
            return picture;
        }

        var epochs = lines.Max(l => l.Values.Count);
        var (low, high) = (values.Min(), values.Max());
        var logarithmic = low > 0 && high > Orders * low;
        var room = 0.04 * (high - low);
        var y = logarithmic
            ? new Scale(low, high, bottom, Plot.Head + 22, logarithmic: true)
            : new Scale(low >= 0 && low < 0.4 * high ? 0 : low - room, high + room, bottom, Plot.Head + 22);
        var left = 18 + Plot.TickWidth(y, 6);
        var right = width - 14 - Lead - names;
        var x = new Scale(1, Math.Max(2, epochs), left, right);
        Plot.Left(picture, y, (left, right), 6);
        picture.Words(10, Plot.Head + 7, unit, Plot.Note);
        foreach (var tick in x.Ticks(8).Where(t => t == Math.Floor(t)))
        {
            picture.Words(x.At(tick), bottom + 14, Plot.Tick(tick), Plot.Note with { At = Anchor.Middle });
        }

        picture.Words((left + right) / 2, bottom + 34, "epoch", Plot.Note with { At = Anchor.Middle });
        var ends = named.Where(l => l.Name.Length > 0).ToList();
        foreach (var line in named)
        {
            Draw(picture, line, x, y);
        }

        foreach (var (line, at) in ends.Zip(Apart([.. ends.Select(l => y.At(l.Values.Last(double.IsFinite)))], bottom)))
        {
            var end = new Spot(right, y.At(line.Values.Last(double.IsFinite)));
            picture.Curve([new(end.X + 2, end.Y), new(end.X + Lead, at)], new(line.Colour, 1.2));
            picture.Words(right + Lead + 4, at, line.Name, Plot.Label);
        }

        return picture;
    }

    private static void Draw(Picture picture, ChartLine line, Scale x, Scale y)
    {
        var step = Math.Max(1, (line.Values.Count + Points - 1) / Points);
        List<int> epochs = [.. Enumerable.Range(0, line.Values.Count).Where(i => i % step == 0 || i == line.Values.Count - 1)];
        if (line.Band is { } band)
        {
            var drawn = epochs.Where(i => double.IsFinite(band[i].Low) && double.IsFinite(band[i].High)).ToList();
            picture.Areas(
                drawn.Count < 2 ? [] : [[
                    .. drawn.Select(i => new Spot(x.At(i + 1), y.At(band[i].High))),
                    .. drawn.AsEnumerable().Reverse().Select(i => new Spot(x.At(i + 1), y.At(band[i].Low)))]],
                line.Colour,
                0.18);
        }

        var points = epochs.Where(i => double.IsFinite(line.Values[i])).Select(i => new Spot(x.At(i + 1), y.At(line.Values[i]))).ToList();
        if (points.Count == 1)
        {
            picture.Dots(points, 3, line.Colour);
            return;
        }

        picture.Curve(points, new(line.Colour, 1.8, line.Dashes));
    }

    /// <summary>Moves the names at the ends of lines apart, so that none covers another, and keeps their order.</summary>
    /// <param name="ends">The height of the end of each line.</param>
    /// <param name="bottom">The lowest place.</param>
    private static double[] Apart(double[] ends, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, ends.Length).OrderBy(i => ends[i])];
        var places = new double[ends.Length];
        var next = double.NegativeInfinity;
        foreach (var i in order)
        {
            next = places[i] = Math.Max(ends[i], next + LineHeight);
        }

        var limit = bottom;
        foreach (var i in order.Reverse())
        {
            places[i] = Math.Min(places[i], limit);
            limit = places[i] - LineHeight;
        }

        return places;
    }
}
