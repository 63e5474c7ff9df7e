using System.Security.Cryptography;
using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Data;

public sealed class ImbalancedMnistTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Splits Load(string? from, int seed, string draw = "First") =>
        new ImbalancedMnist().Load(new DataRequest(from, seed, new Dictionary<string, string> { ["draw"] = draw }));

    [Fact]
    public void TensorsAreWhatTheContractSays()
    {
        using var splits = Load(null, 1);

        Assert.True(splits.SharedTest);
        foreach (var (samples, count) in new[] { (splits.Train, 1100), (splits.Validation, 1000), (splits.Test, 10_000) })
        {
            Assert.Equal([count, 1, 28, 28], samples.Inputs.shape);
            Assert.Equal([count, 10], samples.Labels.shape);
            Assert.Equal(ScalarType.Float32, samples.Inputs.dtype);
            Assert.Equal(ScalarType.Float32, samples.Labels.dtype);
            Assert.Equal(0f, samples.Inputs.min().item<float>());
            Assert.Equal(1f, samples.Inputs.max().item<float>());
            Assert.True(samples.Labels.sum(1).eq(1).all().item<bool>());
            Assert.True(samples.Labels.eq(0).logical_or(samples.Labels.eq(1)).all().item<bool>());
        }
        Assert.Equal([200f, 180, 160, 140, 120, 100, 80, 60, 40, 20], splits.Train.Labels.sum(dim: 0).data<float>().ToArray());
        Assert.Equal(Enumerable.Repeat(100f, 10), splits.Validation.Labels.sum(dim: 0).data<float>().ToArray());
        // The number of images of each digit in the standard test files.
        Assert.Equal([980f, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], splits.Test.Labels.sum(dim: 0).data<float>().ToArray());
    }

    /// <summary>The images, one byte a pixel, have the SHA-256 of those that another program draws: «First» from the 60,000 training
    /// images, «Seeded» with seed 2 from the shipped images.</summary>
    [Theory]
    [InlineData(
        "First",
        1,
        "de34aab4bb3aa448d5f09f62aefe09ea50f6b37510e5a2421ed9cb25a6dad00a",
        "f73e6eaaad8b0d8490d92805c8ec3b25f679f924222446d8b425923b1bd53b59")]
    [InlineData(
        "Seeded",
        2,
        "287d4c81803ba378f80d2226de9be958d2d3726a27df1b6d359e1919cfc4ca41",
        "001edfc3b904c825741cef5032892737189dedecad10990fb97789ea8f459b0e")]
    public void ShippedImagesAreTheRightOnes(string draw, int seed, string train, string validation)
    {
        using var splits = Load(null, seed, draw);

        Assert.Equal(train, Digest(splits.Train));
        Assert.Equal(validation, Digest(splits.Validation));
    }

    /// <summary>The draw «First» gives the same images from a folder with more images after the shipped ones, as the full files
    /// have.</summary>
    [Fact]
    public void FirstIsTheSameFromAFolderWithMoreImages()
    {
        var images = IdxFile.Read(MnistFolder.Shipped.Path, "pool-images-idx3-ubyte", 3);
        var labels = IdxFile.Read(MnistFolder.Shipped.Path, "pool-labels-idx1-ubyte", 1);
        var more = new byte[700];
        folder.Write("train-images-idx3-ubyte", TemporaryFolder.Idx([.. images.Bytes.Span, .. new byte[700 * 784]], 5700, 28, 28));
        folder.Write("train-labels-idx1-ubyte.gz", TemporaryFolder.Idx([.. labels.Bytes.Span, .. more], 5700));
        foreach (var name in new[] { "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz" })
        {
            File.Copy(Path.Combine(MnistFolder.Shipped.Path, name), folder.File(name));
        }

        using var shipped = Load(null, 1);
        using var full = Load(folder.Path, 1);
        using var shippedTwo = Load(null, 2, "Seeded");
        using var fullTwo = Load(folder.Path, 2, "Seeded");

        Assert.True(Same(shipped.Train, full.Train) && Same(shipped.Validation, full.Validation) && Same(shipped.Test, full.Test));
        Assert.False(Same(shippedTwo.Train, fullTwo.Train));
        Assert.True(Same(shipped.Test, shippedTwo.Test));
        Assert.False(Same(shipped.Train, shippedTwo.Train));
    }

    [Fact]
    public void AnUnknownDrawIsRefused() => Assert.Equal(
        "the data set's option Draw is 'Third'; it must be First or Seeded",
        Assert.Throws<DataException>(() => Load(null, 1, "Third")).Message);

    [Fact]
    public void PixelsAndLabelsStayTogether()
    {
        WriteFolder();
        using var splits = Load(folder.Path, 3);

        // Each image of these files is filled with the value of its digit.
        foreach (var samples in new[] { splits.Train, splits.Validation, splits.Test })
        {
            Assert.True(samples.Inputs.amax([1, 2, 3]).mul(255).round().to(int64).Equals(samples.Labels.argmax(1)));
        }

        Assert.Equal(9 / 255f, splits.Train.Inputs[^1, 0, 27, 27].item<float>());
    }

    [Fact]
    public void SameSeedSameTensors()
    {
        using var first = Load(null, 4);
        using var again = Load(null, 4);
        Assert.True(Same(first.Train, again.Train) && Same(first.Validation, again.Validation) && Same(first.Test, again.Test));
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-labels-idx1-ubyte")]
    [InlineData("t10k-images-idx3-ubyte")]
    [InlineData("t10k-labels-idx1-ubyte")]
    public void MissingFileNamesFileAndFolder(string name)
    {
        WriteFolder();
        File.Delete(folder.File(name));
        Refused($"{folder.Path} has neither {name} nor {name}.gz: ");
    }

    [Fact]
    public void OtherImageSizeIsRefused()
    {
        WriteFolder();
        folder.WriteDigits("train", Digits(300), side: 27);
        Refused($"{folder.File("train-images-idx3-ubyte")}: images of 27 x 27 pixels, expected 28 x 28: ");
    }

    [Fact]
    public void OtherNumberOfLabelsIsRefused()
    {
        WriteFolder();
        folder.Write("t10k-labels-idx1-ubyte", TemporaryFolder.Idx(Digits(3), 30));
        Refused(
            $"{folder.File("t10k-labels-idx1-ubyte")}: 30 labels, expected 20, "
                + $"one for each image of {folder.File("t10k-images-idx3-ubyte")}: ");
    }

    [Fact]
    public void LabelThatIsNoDigitIsRefused()
    {
        WriteFolder();
        var labels = Digits(300);
        labels[41] = 10;
        folder.WriteDigits("train", labels);
        Refused($"{folder.File("train-labels-idx1-ubyte")}: label 42 of 3000 is 10, expected a digit 0 to 9: ");
    }

    [Fact]
    public void PoolTooSmallIsRefused()
    {
        WriteFolder();
        folder.WriteDigits("train", Digits(299));
        Refused(
            $"{folder.File("train-labels-idx1-ubyte")}: 299 images of digit 0, "
                + "expected at least 300 (200 to train on and 100 to validate on): ");
    }

    [Fact]
    public void TestWithoutADigitIsRefused()
    {
        WriteFolder();
        folder.WriteDigits("t10k", [0, 1, 2, 3, 4, 5, 6, 8, 9]);
        Refused($"{folder.File("t10k-labels-idx1-ubyte")}: no image of digit 7 among 9: ");
    }

    private static byte[] Digits(int each) => [.. Enumerable.Range(0, 10 * each).Select(i => (byte)(i % 10))];

    private void WriteFolder()
    {
        folder.WriteDigits("train", Digits(300));
        folder.WriteDigits("t10k", Digits(2));
    }

    private void Refused(string start) => Assert.StartsWith(start, Assert.Throws<DataException>(() => Load(folder.Path, 1)).Message);

    private static bool Same(Samples a, Samples b) => a.Inputs.Equals(b.Inputs) && a.Labels.Equals(b.Labels);

    private static string Digest(Samples samples)
        => Convert.ToHexStringLower(SHA256.HashData([.. samples.Inputs.data<float>().Select(value => (byte)MathF.Round(value * 255))]));
}
