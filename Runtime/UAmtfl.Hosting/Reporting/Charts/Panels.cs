using UAmtfl.Reporting.Charts.Drawing;

namespace UAmtfl.Reporting.Charts;

/// <summary>Lays out a panel for each variant, in rows from left to right, below the title of a chart.</summary>
internal sealed class Panels
{
    /// <summary>The height of a panel's own title, with the line under it.</summary>
    private const double Title = 36;

    /// <summary>The height of the ticks and of the name of the axis below a panel.</summary>
    private const double Axis = 44;

    private const double Gap = 16;

    private readonly double margin;
    private readonly double height;
    private readonly int perRow;
    private readonly double wide;

    /// <summary>Chooses as many panels a row as fit.</summary>
    /// <param name="count">The number of panels.</param>
    /// <param name="margin">The width to the left of the first panel of a row.</param>
    /// <param name="narrowest">The smallest width of a panel.</param>
    /// <param name="height">The height of a panel's plot.</param>
    public Panels(int count, double margin, double narrowest, double height)
    {
        (this.margin, this.height) = (margin, height);
        var room = Plot.Width - margin - 24;
        var most = Math.Max(1, (int)((room + Gap) / (narrowest + Gap)));
        var rows = (count + most - 1) / most;
        perRow = (count + rows - 1) / rows;
        wide = Math.Min(Math.Max(narrowest, (room + Gap) / perRow - Gap), 420);
        Height = Plot.Head + (rows * (Title + height + Axis));
    }

    /// <summary>The height of the whole chart.</summary>
    public double Height { get; }

    /// <summary>The width of the panels with their margin.</summary>
    public double Width => margin + (perRow * (wide + Gap)) + 24;

    /// <summary>Returns the place of a panel's plot.</summary>
    public (double Left, double Top, double Right, double Bottom) Place(int panel)
    {
        var left = margin + (panel % perRow * (wide + Gap));
        var top = Plot.Head + (panel / perRow * (Title + height + Axis)) + Title;
        return (left, top, left + wide, top + height);
    }

    /// <summary>True if a panel is the first of its row, beside which the names of its rows or ticks are.</summary>
    public bool IsFirst(int panel) => panel % perRow == 0;

    /// <summary>Writes the title of a panel with the counts of a variant's tasks.</summary>
    public static void Head(Picture picture, (double Left, double Top, double Right, double Bottom) at, ImprovedVariant variant)
    {
        var width = at.Right - at.Left;
        picture.Words(at.Left, at.Top - 26, TextWidth.Cut(variant.Report.Info.Name, 13, width), new(13, Palette.Ink, Bold: true));
        picture.Words(at.Left, at.Top - 10, $"helped {variant.Helped}, hurt {variant.Hurt}", new(11, Palette.Muted));
    }
}
