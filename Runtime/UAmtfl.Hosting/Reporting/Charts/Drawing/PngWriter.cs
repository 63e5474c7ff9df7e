using SkiaSharp;

namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>Writes a picture as PNG, for programs that show no SVG.</summary>
internal static class PngWriter
{
    /// <summary>The number of pixels of the file for each of the picture, which gives 300 to the inch where a chart is as wide as a page
    /// of two columns.</summary>
    public const int Scale = 3;

    /// <summary>Returns a picture as the bytes of a PNG file.</summary>
    /// <param name="picture">The picture.</param>
    /// <exception cref="UAmtflException">The system has none of the fonts.</exception>
    public static byte[] File(Picture picture)
    {
        var (regular, bold) = (Typefaces.Find(bold: false), Typefaces.Find(bold: true));
        using var surface = SKSurface.Create(new SKImageInfo(Pixels(picture.Width), Pixels(picture.Height)));
        var canvas = surface.Canvas;
        canvas.Clear(SKColor.Parse(Palette.Paper));
        canvas.Scale(Scale);
        foreach (var shape in picture.Shapes)
        {
            Draw(canvas, shape, regular, bold);
        }

        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static int Pixels(double length) => (int)Math.Ceiling(length * Scale);

    private static void Draw(SKCanvas canvas, Shape shape, SKTypeface regular, SKTypeface bold)
    {
        switch (shape)
        {
            case StrokeShape lines:
                Draw(canvas, lines);
                break;
            case AreaShape area:
                using (var fill = Paint(area.Colour, area.Opacity))
                using (var path = Path(area.Areas, closed: true))
                {
                    canvas.DrawPath(path, fill);
                }

                break;
            case DotShape dots:
                Draw(canvas, dots);
                break;
            case TextShape words:
                Draw(canvas, words, words.Style.Bold ? bold : regular);
                break;
            default:
                throw new InvalidOperationException($"no PNG for {shape.GetType().Name}");
        }
    }

    private static void Draw(SKCanvas canvas, StrokeShape lines)
    {
        using var stroke = Paint(lines.Pen.Colour);
        stroke.Style = SKPaintStyle.Stroke;
        stroke.StrokeWidth = (float)lines.Pen.Width;
        using var dashes = lines.Pen.Dashes is { } lengths
            ? SKPathEffect.CreateDash([.. lengths.Select(l => (float)l)], 0)
            : null;
        stroke.PathEffect = dashes;
        using var path = Path(lines.Lines, closed: false);
        canvas.DrawPath(path, stroke);
    }

    private static void Draw(SKCanvas canvas, DotShape dots)
    {
        using var fill = Paint(dots.Hollow ? Palette.Paper : dots.Colour);
        using var ring = Paint(dots.Colour);
        ring.Style = SKPaintStyle.Stroke;
        ring.StrokeWidth = (float)DotShape.Ring;
        foreach (var centre in dots.Centres)
        {
            var (x, y, radius) = ((float)centre.X, (float)centre.Y, (float)dots.Radius);
            canvas.DrawCircle(x, y, radius, fill);
            if (dots.Hollow)
            {
                canvas.DrawCircle(x, y, radius, ring);
            }
        }
    }

    private static void Draw(SKCanvas canvas, TextShape words, SKTypeface face)
    {
        var style = words.Style;
        using var paint = Paint(style.Colour);
        using var font = new SKFont(face, (float)style.Size);
        var align = style.At switch
        {
            Anchor.Start => SKTextAlign.Left,
            Anchor.Middle => SKTextAlign.Center,
            _ => SKTextAlign.Right,
        };
        canvas.Save();
        canvas.Translate((float)words.At.X, (float)words.At.Y);
        canvas.RotateDegrees(style.Turned ? -90 : 0);
        canvas.DrawText(words.Words, 0, (float)(TextWidth.Drop * style.Size), align, font, paint);
        canvas.Restore();
    }

    private static SKPaint Paint(string colour, double opacity = 1) => new()
    {
        Color = SKColor.Parse(colour).WithAlpha((byte)Math.Round(255 * opacity)),
        IsAntialias = true,
    };

    private static SKPath Path(IReadOnlyList<IReadOnlyList<Spot>> lines, bool closed)
    {
        var path = new SKPath();
        foreach (var line in lines)
        {
            path.AddPoly([.. line.Select(p => new SKPoint((float)p.X, (float)p.Y))], closed);
        }

        return path;
    }
}
