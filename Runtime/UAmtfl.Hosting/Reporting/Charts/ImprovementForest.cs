using UAmtfl.Reporting.Charts.Drawing;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws improvements as a panel for each variant with a row for each task: a dot, and its interval as a line. A filled dot has
/// an interval that excludes 0, so that the chart says the same in grey.</summary>
internal static class ImprovementForest
{
    private const double RowHeight = 18;
    private const double Narrowest = 128;

    /// <summary>The width that a tick needs.</summary>
    private const double TickWidth = 52;

    public static Picture Draw(Report report, ImprovementUnit unit, IReadOnlyList<ImprovedVariant> variants)
    {
        var names = unit.Tasks.Select(t => report.Tasks[t]).ToList();
        var range = unit.Range(variants.SelectMany(v => v.Values.Select((value, t) => v.Extent(t))));
        var panels = new Panels(variants.Count, 18 + Plot.NameWidth(names), Narrowest, RowHeight * names.Count);
        var title = ImprovementChart.Title(report);
        var reading = "Dot: mean over seeds; line: 95 % interval over test rows; filled if it excludes 0; right of 0 helped.";
        var picture = Plot.Begin(Math.Max(panels.Width, Plot.Needed(title, reading)), panels.Height, title, reading);
        for (var v = 0; v < variants.Count; v++)
        {
            var at = panels.Place(v);
            Panels.Head(picture, at, variants[v]);
            var room = 0.06 * (range.High - range.Low);
            var x = new Scale(range.Low - room, range.High + room, at.Left + 4, at.Right - 4);
            Plot.Bottom(picture, x, (at.Top, at.Bottom), (int)((at.Right - at.Left) / TickWidth));
            picture.Words((at.Left + at.Right) / 2, at.Bottom + 28, unit.Title, new(11, Palette.Muted, Anchor.Middle));
            for (var t = 0; t < names.Count; t++)
            {
                var y = at.Top + ((t + 0.5) * RowHeight);
                if (panels.IsFirst(v))
                {
                    Plot.Name(picture, at.Left - 6, y, names[t]);
                }

                Row(picture, variants[v], t, (x, y), at, range);
            }
        }

        return picture;
    }

    private static void Row(
        Picture picture,
        ImprovedVariant variant,
        int task,
        (Scale X, double Y) place,
        (double Left, double Top, double Right, double Bottom) panel,
        ChartRange range)
    {
        var (value, (low, high)) = (variant.Values[task], variant.Intervals[task]);
        if (!double.IsFinite(value))
        {
            picture.Words(place.X.At(0) + 5, place.Y, Numbers.None, Plot.Note);
            return;
        }

        var colour = value > 0 ? Palette.Good : value < 0 ? Palette.Bad : Palette.Frame;
        if (range.IsBeyond(value))
        {
            // The number takes the place of a dot that would be outside.
            var words = value < 0 ? "◂ " + Numbers.Significant(value, 3) : Numbers.Significant(value, 3) + " ▸";
            picture.Words(
                value < 0 ? panel.Left + 3 : panel.Right - 3, place.Y, words,
                new(11, colour, value < 0 ? Anchor.Start : Anchor.End, Bold: true));
            return;
        }

        if (double.IsFinite(low) && double.IsFinite(high))
        {
            picture.Line(place.X.At(low), place.Y, place.X.At(high), place.Y, new(colour, 1.6));
        }

        picture.Dots([new(place.X.At(value), place.Y)], 3.6, colour, hollow: !(low > 0 || high < 0));
    }
}
