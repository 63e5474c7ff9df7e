using System.Xml.Linq;
using SkiaSharp;
using UAmtfl.Reporting.Charts.Drawing;

namespace UAmtfl.Tests.Reporting;

/// <summary>A picture has the same shapes as SVG and as PNG, and its scales have round ticks.</summary>
public sealed class PictureTests
{
    [Fact]
    public void ThePngShowsWhatTheSvgSays()
    {
        var picture = new Picture(40, 20);
        picture.Box(0, 0, 20, 20, "#ff0000");
        picture.Dots([new(30, 10)], 6, "#0000ff");
        picture.Line(0, 10, 20, 10, new("#00ff00", 4));
        var svg = XDocument.Parse(SvgWriter.File(picture, "a < b")).Root!;
        Assert.Equal("a < b", svg.Elements().First().Value);
        Assert.Equal(3, svg.Elements().Count(e => e.Name.LocalName == "path"));
        using var bitmap = SKBitmap.Decode(PngWriter.File(picture));
        Assert.Equal((40 * PngWriter.Scale, 20 * PngWriter.Scale), (bitmap.Width, bitmap.Height));
        Assert.Equal(new SKColor(255, 0, 0), bitmap.GetPixel(15, 10));
        Assert.Equal(new SKColor(0, 255, 0), bitmap.GetPixel(15, 30));
        Assert.Equal(new SKColor(0, 0, 255), bitmap.GetPixel(90, 30));
        Assert.Equal(new SKColor(255, 255, 255), bitmap.GetPixel(117, 3));
    }

    [Fact]
    public void WordsLeaveInkInThePng()
    {
        var picture = new Picture(60, 20);
        picture.Words(30, 10, "Mmm", new(12, Palette.Ink, Anchor.Middle));
        using var bitmap = SKBitmap.Decode(PngWriter.File(picture));
        Assert.InRange(bitmap.Pixels.Count(p => p.Red < 100), 100, 5000);
    }

    /// <summary>On a page the ink follows the theme, and colours of data do not.</summary>
    [Fact]
    public void OnAPageInkIsAVariableOfTheStyle()
    {
        var picture = new Picture(10, 10);
        picture.Words(0, 5, "x", new(12, Palette.Ink));
        picture.Box(0, 0, 5, 5, Palette.Good);
        var inline = SvgWriter.Inline(picture, "t", "id");
        Assert.Contains("fill=\"var(--text)\"", inline, StringComparison.Ordinal);
        Assert.Contains($"fill=\"{Palette.Good}\"", inline, StringComparison.Ordinal);
        Assert.DoesNotContain("var(", SvgWriter.File(picture, "t"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10, 5, new[] { 0.0, 2, 4, 6, 8, 10 })]
    [InlineData(-0.31, 0.1, 3, new[] { -0.3, -0.2, -0.1, 0, 0.1 })]
    [InlineData(81, 92, 4, new[] { 82.0, 84, 86, 88, 90, 92 })]
    public void TicksAreRound(double low, double high, int count, double[] ticks) =>
        Assert.Equal(ticks, new Scale(low, high, 0, 1).Ticks(count).Select(t => Math.Round(t, 9)));

    [Fact]
    public void ALogarithmicScaleHasEqualDistancesOfEqualRatios()
    {
        var scale = new Scale(1, 100, 0, 200, logarithmic: true);
        Assert.Equal(100, scale.At(10), 9);
        Assert.Equal([1, 2, 5, 10, 20, 50, 100], scale.Ticks(5).Select(t => Math.Round(t, 9)));
        Assert.Equal(0, scale.At(0.01));
    }

    /// <summary>Two names that differ only at their ends stay different when they are cut.</summary>
    [Fact]
    public void LongNamesAreCutInTheMiddle()
    {
        var cut = TextWidth.Cut("TOX21_AR_LUC_MDAKB2_Antagonist2_viability", 12, 120);
        Assert.Matches("^TOX21.*….*lity$", cut);
        Assert.InRange(TextWidth.Of(cut, 12), 80, 120);
        Assert.Equal("short", TextWidth.Cut("short", 12, 120));
    }
}
