using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws improvements as a row for each variant: a box over the middle half of the tasks, a line from the 5 % to the 95 %
/// quantile, and a ring for each task if they are few.</summary>
internal static class ImprovementRows
{
    private const double RowHeight = 22;

    public static Picture Draw(Report report, ImprovementUnit unit, IReadOnlyList<ImprovedVariant> variants)
    {
        var drawn = variants.Where(v => v.Sorted.Length > 0).ToList();
        var few = unit.Tasks.Count <= TaskSection.ListedInFull;
        var range = unit.Range(drawn.Select(v =>
            few ? (v.Sorted[0], v.Sorted[^1]) : (Quantile.Of(v.Sorted, 0.05), Quantile.Of(v.Sorted, 0.95))));
        var beyond = drawn.Select(v => (v.Report.Info.Name, Value: v.Sorted.OrderByDescending(Math.Abs).First()))
            .Where(b => range.IsBeyond(b.Value)).OrderByDescending(b => Math.Abs(b.Value)).ToList();
        var title = ImprovementChart.Title(report);
        var rings = few ? "; rings: tasks" : "";
        var reading = $"Box: middle half of the tasks and median; line: 5 % to 95 % quantile{rings}; right of 0 helped.";
        var names = drawn.Select(v => ChartStyle.Named(v.Report.Info)).ToList();
        var (top, bottom) = (Plot.Head + 6, Plot.Head + 6 + (RowHeight * drawn.Count));
        var picture = Plot.Begin(Math.Max(Plot.Width, Plot.Needed(title, reading)), bottom + 48, title, reading);
        var room = 0.05 * (range.High - range.Low);
        var x = new Scale(range.Low - room, range.High + room, 22 + Plot.NameWidth(names), picture.Width - 24);
        Plot.Bottom(picture, x, (top, bottom), 7);
        var note = ImprovementChart.Note(beyond, range);
        picture.Words(
            picture.Width - 24, bottom + 34, note is null ? unit.Title : $"{unit.Title}; {note}", Plot.Note with { At = Anchor.End });
        var colours = ChartStyle.Colours(report);
        for (var v = 0; v < drawn.Count; v++)
        {
            var y = top + ((v + 0.5) * RowHeight);
            Plot.Name(picture, x.At(double.NegativeInfinity) - 8, y, names[v]);
            Box(picture, drawn[v].Sorted, colours[drawn[v].Report.Info.Name], x, y);
            if (few)
            {
                var shown = drawn[v].Sorted.Where(i => !range.IsBeyond(i));
                picture.Dots([.. shown.Select(i => new Spot(x.At(i), y))], 2.2, Palette.Ink, hollow: true);
            }
        }

        return picture;
    }

    private static void Box(Picture picture, double[] sorted, string colour, Scale x, double y)
    {
        double At(double quantile) => x.At(Quantile.Of(sorted, quantile));
        picture.Line(At(0.05), y, At(0.95), y, new(colour, 2));
        picture.Box(At(0.25), y - 6, At(0.75) - At(0.25), 12, colour);
        picture.Line(At(0.5), y - 8, At(0.5), y + 8, new(Palette.Ink, 2));
    }
}
