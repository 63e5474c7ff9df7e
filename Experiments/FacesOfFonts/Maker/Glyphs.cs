using SkiaSharp;

namespace UAmtfl.FacesOfFonts.Maker;

/// <summary>Draws the letters of a face, without hinting, so that the images depend only on the outlines.</summary>
internal static class Glyphs
{
    /// <summary>The height and width of an image in pixels.</summary>
    public const int Side = 28;

    /// <summary>The letters in the order of the images.</summary>
    public const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The size of the type and the row of its baseline in pixels; all letters of all faces then lie within the image.</summary>
    private const float Size = 22, Baseline = 20;

    /// <summary>The number of grey levels, of which fewer make the file smaller: 0, 17, 34, … 255.</summary>
    private const int Levels = 16;

    /// <summary>Draws all letters.</summary>
    /// <param name="face">The face.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <returns>[52 · 28 · 28], from 0 (paper) to 255 (ink).</returns>
    /// <exception cref="InvalidDataException">The face has no outline for a letter, or one that does not fit.</exception>
    public static byte[] Draw(SKTypeface face, string path)
    {
        using var font = new SKFont(face, Size) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };
        return [.. Letters.SelectMany(letter => Draw(font, letter, path))];
    }

    private static byte[] Draw(SKFont font, char letter, string path)
    {
        var glyph = font.GetGlyph(letter);
        using var outline = glyph == 0 ? null : font.GetGlyphPath(glyph);
        if (outline is null || outline.IsEmpty)
        {
            throw new InvalidDataException($"{path}: no outline for the letter {letter}: leave the face out of faces.tsv");
        }

        var ink = outline.TightBounds;
        if (ink.Width > Side || Baseline + ink.Top < 0 || Baseline + ink.Bottom > Side)
        {
            throw new InvalidDataException($"{path}: the letter {letter} does not fit: leave the face out of faces.tsv");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
        canvas.Clear(SKColors.Black);
        canvas.Translate((Side / 2f) - ink.MidX, Baseline);
        canvas.DrawPath(outline, paint);
        canvas.Flush();
        return [.. Enumerable.Range(0, Side * Side).Select(i => Coarse(bitmap.GetPixelSpan()[(i / Side * bitmap.RowBytes) + (i % Side)]))];
    }

    private static byte Coarse(byte grey)
    {
        const int Step = 255 / (Levels - 1);
        return (byte)((grey + (Step / 2)) / Step * Step);
    }
}
