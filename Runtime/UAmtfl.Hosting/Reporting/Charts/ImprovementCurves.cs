using UAmtfl.Reporting.Charts.Drawing;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws improvements on many tasks as a panel for each variant, with the tasks in ascending order, each with its interval, from
/// the one that is hurt most to the one that is helped most.</summary>
internal static class ImprovementCurves
{
    private const double Height = 170;
    private const double Narrowest = 205;

    /// <summary>The largest number of tasks of a panel that are drawn; of more, every second or third and so on is.</summary>
    private const int Points = 250;

    public static Picture Draw(Report report, ImprovementUnit unit, IReadOnlyList<ImprovedVariant> variants)
    {
        var range = unit.Range(variants.SelectMany(v => v.Values.Select((value, t) => v.Extent(t))));
        var room = 0.05 * (range.High - range.Low);
        var probe = new Scale(range.Low - room, range.High + room, Height, 0);
        var panels = new Panels(variants.Count, 34 + Plot.TickWidth(probe, 5), Narrowest, Height);
        var title = ImprovementChart.Title(report);
        var reading = $"Each of {unit.Tasks.Count} tasks, ranked, with its 95 % interval; coloured if that excludes 0; above 0 helped.";
        var picture = Plot.Begin(Math.Max(panels.Width, Plot.Needed(title, reading)), panels.Height, title, reading);
        for (var v = 0; v < variants.Count; v++)
        {
            var at = panels.Place(v);
            Panels.Head(picture, at, variants[v]);
            var y = new Scale(range.Low - room, range.High + room, at.Bottom, at.Top);
            Draw(picture, variants[v], at, y);
            Axis(picture, y, at, panels.IsFirst(v));
            var beyond = variants[v].Sorted.Count(range.IsBeyond);
            picture.Words(
                (at.Left + at.Right) / 2,
                at.Bottom + 14,
                beyond == 0 ? "tasks, ranked" : $"tasks, ranked; {beyond} beyond the axis",
                new(11, Palette.Muted, Anchor.Middle));
            if (panels.IsFirst(v))
            {
                picture.Words(16, (at.Top + at.Bottom) / 2, unit.Title, new(11, Palette.Muted, Anchor.Middle, Turned: true));
            }
        }

        return picture;
    }

    private static void Axis(Picture picture, Scale y, (double Left, double Top, double Right, double Bottom) at, bool first)
    {
        foreach (var tick in y.Ticks(5))
        {
            picture.Line(at.Left, y.At(tick), at.Right, y.At(tick), tick == 0 ? Plot.Zero : new(Palette.Grid, 0.7));
            if (first)
            {
                picture.Words(at.Left - 6, y.At(tick), Plot.Tick(tick), Plot.Note with { At = Anchor.End });
            }
        }
    }

    private static void Draw(Picture picture, ImprovedVariant variant, (double Left, double Top, double Right, double Bottom) at, Scale y)
    {
        int[] order = [.. Enumerable.Range(0, variant.Values.Length).Where(t => double.IsFinite(variant.Values[t]))
            .OrderBy(t => variant.Values[t])];
        var x = new Scale(0, Math.Max(1, order.Length - 1), at.Left + 4, at.Right - 4);
        var step = Math.Max(1, (order.Length + Points - 1) / Points);
        var drawn = Enumerable.Range(0, order.Length).Where(i => i % step == 0 || i == order.Length - 1).ToList();
        foreach (var (colour, sign) in new[] { (Palette.Bad, -1), (Palette.Good, 1), (Palette.Faint, 0) })
        {
            var own = drawn.Where(i => Sign(variant.Intervals[order[i]]) == sign).ToList();
            picture.Strokes(
                [
                    .. own.Where(i => double.IsFinite(variant.Intervals[order[i]].Low)).Select(i => (IReadOnlyList<Spot>)[
                        new(x.At(i), y.At(variant.Intervals[order[i]].Low)), new(x.At(i), y.At(variant.Intervals[order[i]].High))]),
                ],
                new(colour, sign == 0 ? 0.7 : 1));
            picture.Dots([.. own.Select(i => new Spot(x.At(i), y.At(variant.Values[order[i]])))], 1.5, sign == 0 ? Palette.Frame : colour);
        }
    }

    private static int Sign((double Low, double High) interval) => interval.Low > 0 ? 1 : interval.High < 0 ? -1 : 0;
}
