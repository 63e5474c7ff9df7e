using UAmtfl.Data;

namespace UAmtfl.Tests.Data.Images;

public sealed class ImageReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ChannelsAreNormalisedByImageNet()
    {
        var path = folder.WriteRaw("a.png", Pictures.Png(2, 2, (_, _) => (0, 255, 51)));
        var values = Read(path, side: 2, shorter: 2);
        float[] expected = [-0.485f / 0.229f, (1 - 0.456f) / 0.224f, (0.2f - 0.406f) / 0.225f];
        Assert.All(values.Index(), v => Assert.Equal(expected[v.Index / 4], v.Item, 1e-5));
    }

    /// <summary>Without resizing, the centre of the image is as it is, and the longer side loses as much on both ends.</summary>
    [Fact]
    public void TheCentreIsCropped()
    {
        var path = folder.WriteRaw("a.png", Pictures.Png(6, 4, (x, y) => ((10 * x) + y, 0, 0)));
        Assert.Equal([21, 31, 22, 32], Reds(path, side: 2, shorter: 4));
    }

    /// <summary>Half as large, a pixel is the mean of its neighbours weighted by a triangle of twice the width: 3/7, 3/7 and 1/7 at a
    /// border, where the fourth weight is missing, as in torchvision.</summary>
    [Fact]
    public void ShrinkingAverages()
    {
        var path = folder.WriteRaw("a.png", Pictures.Png(4, 4, (x, _) => (70 * x, 0, 0)));
        Assert.Equal([50, 160, 50, 160], Reds(path, side: 2, shorter: 2));
    }

    [Fact]
    public void GrowingInterpolates()
    {
        var path = folder.WriteRaw("a.png", Pictures.Png(2, 2, (x, _) => (100 * x, 0, 0)));
        Assert.Equal([0, 25, 75, 100], Reds(path, side: 4, shorter: 4).Take(4));
    }

    [Fact]
    public void AJpegHasItsColours()
    {
        var path = folder.WriteRaw("a.jpg", Pictures.Jpeg(40, 30, (_, _) => (200, 200, 200)));
        Assert.All(Reds(path, side: 16, shorter: 20), red => Assert.InRange(red, 198, 202));
    }

    [Fact]
    public void AFileThatIsNoWholeImageIsNamed()
    {
        var jpeg = Pictures.Jpeg(64, 64, (x, y) => (x * y % 256, 4 * x, 4 * y));
        Refused("text.png", "not an image"u8.ToArray(), "it is no image: fetch the file again");
        Refused("half.jpg", jpeg[..(jpeg.Length * 3 / 4)], "its pixels cannot be decoded (IncompleteInput): fetch the file again");
        Refused("a.png", jpeg, "it is a Jpeg image, which its name denies: rename it, or fetch it again");
        Refused("a.gif", jpeg, "it is no .png or .jpg or .jpeg file: move it away, or give an image");

        void Refused(string name, byte[] content, string why)
        {
            var path = folder.WriteRaw(name, content);
            Assert.Equal($"{path}: {why}", Assert.Throws<DataException>(() => Read(path, 8, 8)).Message);
        }
    }

    private static float[] Read(string path, int side, int shorter)
    {
        using var images = new ImageReader(side) { Shorter = shorter }.Read([path]);
        Assert.Equal([1, 3, side, side], images.shape);
        return images.data<float>().ToArray();
    }

    /// <summary>The red values from 0 to 255, rounded.</summary>
    private static IEnumerable<int> Reds(string path, int side, int shorter) =>
        Read(path, side, shorter).Take(side * side).Select(v => (int)Math.Round(((v * 0.229) + 0.485) * 255));
}
