using UAmtfl.Reporting.Charts.Drawing;
using UAmtfl.Reporting.Sections;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Reporting.Charts;

/// <summary>Draws how often the most probable class of a label is right, over its probability. A calibrated label model is on the
/// diagonal.</summary>
internal static class CalibrationChart
{
    private const double Side = 300;

    /// <summary>Makes the chart of several label models.</summary>
    /// <param name="models">The name of each with its bins, over all tasks and seeds.</param>
    public static Chart Of(IReadOnlyList<(string Name, IReadOnlyList<CalibrationBin> Bins)> models) => new(
        "calibration.svg", "How often the most probable class of a label is right, over its probability", () => Draw(models))
    {
        Data = new Table(
            ["variant", "probability of the label %", "right %", "labels"],
            1,
            [
                .. from model in models
                from bin in model.Bins
                select new Row(
                    model.Name, Cell.Of(100 * bin.Probability, "0.0"), Cell.Of(100 * bin.Right, "0.0"), Cell.Of(bin.Rows, "#,0")),
            ]),
    };

    private static Picture Draw(IReadOnlyList<(string Name, IReadOnlyList<CalibrationBin> Bins)> models)
    {
        const string Title = "Are the labels as certain as they are right?";
        const string Reading = "Below the line a label model is too sure of itself; above it is too careful.";
        var low = Math.Floor(10 * models.SelectMany(m => m.Bins).SelectMany(b => new[] { b.Probability, b.Right }).Append(0.9).Min()) / 10;
        var bottom = Plot.Head + 22 + Side;
        var picture = Plot.Begin(Math.Max(Plot.Width, Plot.Needed(Title, Reading)), bottom + 46, Title, Reading);
        var y = new Scale(low, 1, bottom, Plot.Head + 22);
        var left = 18 + Plot.TickWidth(y, 6);
        var x = new Scale(low, 1, left, left + Side + 60);
        Plot.Left(picture, y, (left, left + Side + 60), 6);
        Plot.Bottom(picture, x, (Plot.Head + 22, bottom), 6);
        picture.Words(10, Plot.Head + 7, "share that is right", Plot.Note);
        picture.Words(left + (Side / 2) + 30, bottom + 34, "probability of the label", Plot.Note with { At = Anchor.Middle });
        picture.Curve([new(x.At(low), y.At(low)), new(x.At(1), y.At(1))], new(Palette.Muted, 1, [5, 4]));
        foreach (var (i, (name, bins)) in models.Index())
        {
            var colour = Palette.Method(i);
            IReadOnlyList<Spot> spots = [.. bins.Select(b => new Spot(x.At(b.Probability), y.At(b.Right)))];
            if (spots.Count > 1)
            {
                picture.Curve(spots, new(colour, 1.8));
            }

            picture.Dots(spots, 3, colour);
            var line = Plot.Head + 30 + (18 * i);
            picture.Curve([new(left + Side + 80, line), new(left + Side + 100, line)], new(colour, 1.8));
            picture.Words(left + Side + 106, line, name, Plot.Label);
        }

        return picture;
    }
}
