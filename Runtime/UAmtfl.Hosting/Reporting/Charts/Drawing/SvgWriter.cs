using System.Globalization;
using System.Net;
using System.Text;

namespace UAmtfl.Reporting.Charts.Drawing;

/// <summary>Writes a picture as SVG.</summary>
internal static class SvgWriter
{
    /// <summary>The colours that a page gives other values on a dark screen, by the names of the page's style sheet.</summary>
    private static readonly (string Colour, string Variable)[] Themed =
        [(Palette.Ink, "var(--text)"), (Palette.Muted, "var(--muted)"), (Palette.Grid, "var(--grid)"), (Palette.Paper, "var(--paper)")];

    /// <summary>Returns a picture as a file.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="title">Its title, for readers who cannot see it.</param>
    public static string File(Picture picture, string title) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        + $"<svg xmlns=\"http://www.w3.org/2000/svg\" {Size(picture)} role=\"img\" font-family=\"{Palette.Fonts}\">\n"
        + $"<title>{WebUtility.HtmlEncode(title)}</title>\n"
        + $"<rect width=\"100%\" height=\"100%\" fill=\"{Palette.Paper}\"/>\n{Body(picture)}</svg>\n";

    /// <summary>Returns a picture as an element of a page, whose ink follows the page from light to dark.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="title">Its title, for readers who cannot see it.</param>
    /// <param name="id">An identifier that nothing else in the page has.</param>
    public static string Inline(Picture picture, string title, string id)
    {
        var body = Themed.Aggregate(Body(picture), (text, theme) => text.Replace($"\"{theme.Colour}\"", $"\"{theme.Variable}\""));
        return $"<svg {Size(picture)} role=\"img\" aria-labelledby=\"{id}\">\n<title id=\"{id}\">{WebUtility.HtmlEncode(title)}</title>\n"
            + $"{body}</svg>\n";
    }

    private static string Size(Picture picture) =>
        $"viewBox=\"0 0 {Number(picture.Width)} {Number(picture.Height)}\" width=\"{Number(picture.Width)}\" "
        + $"height=\"{Number(picture.Height)}\"";

    private static string Body(Picture picture)
    {
        var text = new StringBuilder();
        foreach (var shape in picture.Shapes)
        {
            text.Append(shape switch
            {
                StrokeShape { Pen: var pen } lines =>
                    $"<path fill=\"none\" stroke=\"{pen.Colour}\"{(pen.Width == 1 ? "" : $" stroke-width=\"{Number(pen.Width)}\"")}"
                    + (pen.Dashes is { } dashes ? $" stroke-dasharray=\"{string.Join(' ', dashes.Select(Number))}\"" : "")
                    + $" d=\"{string.Concat(lines.Lines.Select(Path))}\"/>\n",
                AreaShape area =>
                    $"<path fill=\"{area.Colour}\"{(area.Opacity == 1 ? "" : $" fill-opacity=\"{Number(area.Opacity)}\"")}"
                    + $" d=\"{string.Concat(area.Areas.Select(a => Path(a) + "z"))}\"/>\n",
                DotShape dots =>
                    $"<path {Fill(dots)}"
                    + $" d=\"{string.Concat(dots.Centres.Select(c => Circle(c, dots.Radius)))}\"/>\n",
                TextShape words => Words(words),
                _ => throw new InvalidOperationException($"no SVG for {shape.GetType().Name}"),
            });
        }

        return text.ToString();
    }

    private static string Fill(DotShape dots) => dots.Hollow
        ? $"fill=\"{Palette.Paper}\" stroke=\"{dots.Colour}\" stroke-width=\"{Number(DotShape.Ring)}\""
        : $"fill=\"{dots.Colour}\"";

    private static string Path(IReadOnlyList<Spot> points) =>
        string.Concat(points.Select((p, i) => $"{(i == 0 ? 'M' : 'L')}{Number(p.X)} {Number(p.Y)}"));

    private static string Circle(Spot centre, double radius)
    {
        var (r, twice) = (Number(radius), Number(2 * radius));
        return $"M{Number(centre.X - radius)} {Number(centre.Y)}a{r} {r} 0 1 0 {twice} 0a{r} {r} 0 1 0 -{twice} 0";
    }

    private static string Words(TextShape shape)
    {
        var (style, at) = (shape.Style, shape.At);
        var place = style.Turned
            ? $"transform=\"translate({Number(at.X + (TextWidth.Drop * style.Size))} {Number(at.Y)}) rotate(-90)\""
            : $"x=\"{Number(at.X)}\" y=\"{Number(at.Y + (TextWidth.Drop * style.Size))}\"";
        var anchor = style.At == Anchor.Start ? "" : $" text-anchor=\"{style.At.ToString().ToLowerInvariant()}\"";
        return $"<text {place}{anchor} font-size=\"{Number(style.Size)}\"{(style.Bold ? " font-weight=\"700\"" : "")} "
            + $"fill=\"{style.Colour}\">{WebUtility.HtmlEncode(shape.Words)}</text>\n";
    }

    private static string Number(double value)
    {
        var text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
