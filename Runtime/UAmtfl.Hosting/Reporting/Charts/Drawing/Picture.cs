namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>A drawing of lines, areas and words in pixels, from the upper left corner. <see cref="SvgWriter"/> writes it as SVG and
/// <see cref="PngWriter"/> as PNG, so that both show the same.</summary>
/// <param name="width">The width.</param>
/// <param name="height">The height.</param>
internal sealed class Picture(double width, double height)
{
    private readonly List<Shape> shapes = [];

    /// <summary>The width.</summary>
    public double Width => width;

    /// <summary>The height.</summary>
    public double Height => height;

    /// <summary>The shapes, of which later ones cover earlier ones.</summary>
    public IReadOnlyList<Shape> Shapes => shapes;

    /// <summary>Adds a line.</summary>
    public void Line(double x1, double y1, double x2, double y2, Pen pen) => Strokes([[new(x1, y1), new(x2, y2)]], pen);

    /// <summary>Adds a line through points.</summary>
    public void Curve(IReadOnlyList<Spot> points, Pen pen) => Strokes([points], pen);

    /// <summary>Adds lines that look the same, which together take less room than one by one.</summary>
    public void Strokes(IReadOnlyList<IReadOnlyList<Spot>> lines, Pen pen)
    {
        if (lines.Count > 0)
        {
            shapes.Add(new StrokeShape(lines, pen));
        }
    }

    /// <summary>Adds areas that look the same, each with its corners in order.</summary>
    /// <param name="areas">The corners of each area.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="opacity">The opacity, above 0 and at most 1.</param>
    public void Areas(IReadOnlyList<IReadOnlyList<Spot>> areas, string colour, double opacity = 1)
    {
        if (areas.Count > 0)
        {
            shapes.Add(new AreaShape(areas, colour, opacity));
        }
    }

    /// <summary>Adds a rectangle.</summary>
    public void Box(double x, double y, double width, double height, string colour, double opacity = 1) =>
        Areas([Corners(x, y, width, height)], colour, opacity);

    /// <summary>Returns the corners of a rectangle.</summary>
    public static IReadOnlyList<Spot> Corners(double x, double y, double width, double height) =>
        [new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)];

    /// <summary>Adds dots that look the same.</summary>
    /// <param name="centres">The centres.</param>
    /// <param name="radius">The radius.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="hollow">True for rings.</param>
    public void Dots(IReadOnlyList<Spot> centres, double radius, string colour, bool hollow = false)
    {
        if (centres.Count > 0)
        {
            shapes.Add(new DotShape(centres, radius, colour, hollow));
        }
    }

    /// <summary>Adds words on one line.</summary>
    public void Words(double x, double y, string words, TextStyle style) => shapes.Add(new TextShape(new(x, y), words, style));
}

/// <summary>A point of a picture.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>The look of a line.</summary>
/// <param name="Colour">The colour, as «#rrggbb».</param>
/// <param name="Width">The width.</param>
/// <param name="Dashes">The lengths of dashes and gaps; null for a solid line.</param>
internal sealed record Pen(string Colour, double Width = 1, IReadOnlyList<double>? Dashes = null);

/// <summary>The look of words.</summary>
/// <param name="Size">The size of the letters.</param>
/// <param name="Colour">The colour, as «#rrggbb».</param>
/// <param name="At">The part of the words that is at the place given.</param>
/// <param name="Bold">True for bold letters.</param>
/// <param name="Turned">True for words that run upwards.</param>
internal sealed record TextStyle(double Size, string Colour, Anchor At = Anchor.Start, bool Bold = false, bool Turned = false);

/// <summary>The part of words that is at the place given; vertically it is the middle of small letters.</summary>
internal enum Anchor
{
    /// <summary>The first letter.</summary>
    Start,

    /// <summary>The middle.</summary>
    Middle,

    /// <summary>The last letter.</summary>
    End,
}

/// <summary>A part of a picture.</summary>
internal abstract record Shape;

/// <summary>Lines that look the same.</summary>
internal sealed record StrokeShape(IReadOnlyList<IReadOnlyList<Spot>> Lines, Pen Pen) : Shape;

/// <summary>Areas that look the same.</summary>
internal sealed record AreaShape(IReadOnlyList<IReadOnlyList<Spot>> Areas, string Colour, double Opacity) : Shape;

/// <summary>Dots or rings that look the same.</summary>
internal sealed record DotShape(IReadOnlyList<Spot> Centres, double Radius, string Colour, bool Hollow) : Shape
{
    /// <summary>The width of the line of a ring.</summary>
    public const double Ring = 1.4;
}

/// <summary>Words on one line.</summary>
internal sealed record TextShape(Spot At, string Words, TextStyle Style) : Shape;
