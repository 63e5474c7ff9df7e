namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>Draws what charts have in common: titles, grids, axes, names.</summary>
internal static class Plot
{
    /// <summary>The size of most words.</summary>
    public const double Small = 12;

    /// <summary>The width of a chart whose contents do not need another, which is legible on a page of two columns.</summary>
    public const double Width = 720;

    /// <summary>The height of the title with the line under it.</summary>
    public const double Head = 50;

    /// <summary>The largest width of a name beside a row.</summary>
    public const double LongestName = 190;

    /// <summary>The look of words in the ink of the chart.</summary>
    public static readonly TextStyle Label = new(Small, Palette.Ink);

    /// <summary>The look of words that matter less.</summary>
    public static readonly TextStyle Note = new(Small, Palette.Muted);

    /// <summary>The line at 0, against which differences are read.</summary>
    public static readonly Pen Zero = new(Palette.Ink);

    private static readonly Pen Grid = new(Palette.Grid);

    /// <summary>Creates a picture with a title and a line that says how to read it.</summary>
    public static Picture Begin(double width, double height, string title, string reading)
    {
        var picture = new Picture(width, height);
        picture.Words(10, 17, TextWidth.Cut(title, 15, width), new(15, Palette.Ink, Bold: true));
        picture.Words(10, 37, reading, Note);
        return picture;
    }

    /// <summary>Returns the width that a reading needs below a title, so that no picture cuts it off.</summary>
    public static double Needed(string title, string reading) =>
        Math.Max(TextWidth.Of(title, 15, bold: true), TextWidth.Of(reading, Small) * 0.92) + 20;

    /// <summary>Draws vertical grid lines, and the values of their ticks below.</summary>
    public static void Bottom(Picture picture, Scale x, (double Top, double Bottom) span, int ticks)
    {
        foreach (var tick in x.Ticks(ticks))
        {
            picture.Line(x.At(tick), span.Top, x.At(tick), span.Bottom, tick == 0 ? Zero : Grid);
            picture.Words(x.At(tick), span.Bottom + 12, Tick(tick), Note with { At = Anchor.Middle });
        }
    }

    /// <summary>Draws horizontal grid lines, and the values of their ticks to the left.</summary>
    public static void Left(Picture picture, Scale y, (double Left, double Right) span, int ticks)
    {
        foreach (var tick in y.Ticks(ticks))
        {
            picture.Line(span.Left, y.At(tick), span.Right, y.At(tick), tick == 0 ? Zero : Grid);
            picture.Words(span.Left - 6, y.At(tick), Tick(tick), Note with { At = Anchor.End });
        }
    }

    /// <summary>Returns the width of the widest tick of an axis.</summary>
    public static double TickWidth(Scale scale, int ticks) =>
        scale.Ticks(ticks).Select(t => TextWidth.Of(Tick(t), Small)).DefaultIfEmpty(0).Max();

    /// <summary>Returns the label of a tick.</summary>
    public static string Tick(double value) => Numbers.Significant(value, 6);

    /// <summary>Returns the width that the names of rows need, at most <see cref="LongestName"/>.</summary>
    public static double NameWidth(IEnumerable<string> names) =>
        Math.Min(LongestName, names.Select(n => TextWidth.Of(n, Small)).DefaultIfEmpty(0).Max());

    /// <summary>Writes a name that ends at a place, cut if it is too long.</summary>
    public static void Name(Picture picture, double right, double y, string name) =>
        picture.Words(right, y, TextWidth.Cut(name, Small, LongestName), Label with { At = Anchor.End });
}
