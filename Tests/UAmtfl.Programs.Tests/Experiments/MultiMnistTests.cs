using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Experiments.MultiMnist;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class MultiMnistTests : IDisposable
{
    private static readonly Lazy<Splits> Few = new(() =>
    {
        var splits = new MultiMnistImages().Load(new(null, 1));
        return new(
            TinyRuns.Kept(splits.Train, 600), TinyRuns.Kept(splits.Validation, 100), TinyRuns.Kept(splits.Test, 100), splits.SharedTest);
    });

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Variants => [.. OverlaidDigits.Descriptor.Variants.Select(v => v.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 4500)]
    [InlineData(3, 13_500)]
    public void ShippedDigitsMakeTheSets(int pairs, int train)
    {
        using var splits = Load(1, pairs);
        Assert.True(splits.SharedTest);
        foreach (var (samples, count) in new[] { (splits.Train, train), (splits.Validation, 500), (splits.Test, 10_000) })
        {
            Assert.Equal([count, 1, 28, 28], samples.Inputs.shape);
            Assert.Equal([count, 2], samples.Labels.shape);
            Assert.Equal((0f, 1f), (samples.Inputs.min().item<float>(), samples.Inputs.max().item<float>()));
            foreach (var task in new[] { 0, 1 })
            {
                Assert.Equal(Enumerable.Range(0, 10).Select(d => (float)d), Column(samples.Labels, task).Distinct().Order());
            }
        }
    }

    /// <summary>A pixel of each digit shows its number in the image, so that the digits of an image can be told.</summary>
    [Fact]
    public void NoDigitIsInTwoSets()
    {
        Number("train", 1, 200);
        Number("t10k", 201, 40);
        using var splits = Load(1, 2, folder.Path);
        var (train, validation, test) = (Digits(splits.Train), Digits(splits.Validation), Digits(splits.Test));
        Assert.Equal((360, 20, 40), (train.Length, validation.Length, test.Length));
        Assert.All(train.CountBy(d => d.Left), d => Assert.Equal(2, d.Value));
        Assert.Equal(Enumerable.Range(1, 200), train.Concat(validation).Select(d => d.Left).Distinct().Order());
        Assert.Equal(Enumerable.Range(201, 40), test.Select(d => d.Left).Order());
        Assert.Equal(
            train.Length + validation.Length + test.Length, new[] { train, validation, test }.Sum(s => s.Count(d => d.Left != d.Right)));
        int[][] each =
            [.. new[] { train, validation, test }.Select(s => s.SelectMany(d => new[] { d.Left, d.Right }).Distinct().ToArray())];
        Assert.Equal(each.Sum(s => s.Length), each.SelectMany(s => s).Distinct().Count());
        Assert.All(each[1], digit => Assert.InRange(digit, 1, 200));
        foreach (var samples in new[] { splits.Train, splits.Validation, splits.Test })
        {
            Assert.Equal(Digits(samples).Select(d => d.Left % 10f), Column(samples.Labels, 0));
            Assert.Equal(Digits(samples).Select(d => d.Right % 10f), Column(samples.Labels, 1));
        }
    }

    [Fact]
    public void ASeedHasItsTrainingImagesAndAllHaveTheSameTest()
    {
        using var one = Load(1);
        using var again = Load(1);
        using var two = Load(2);
        Assert.True(one.Train.Inputs.Equals(again.Train.Inputs) && one.Validation.Labels.Equals(again.Validation.Labels));
        Assert.False(one.Train.Inputs.Equals(two.Train.Inputs) || one.Validation.Inputs.Equals(two.Validation.Inputs));
        Assert.True(one.Test.Inputs.Equals(two.Test.Inputs) && one.Test.Labels.Equals(two.Test.Labels));
    }

    /// <summary>The same image is made by drawing the canvas whole and shrinking it.</summary>
    [Fact]
    public void AnImageIsTheCanvasShrunk()
    {
        var pool = MnistFolder.Shipped.Pool();
        int[] rows = [7, 1234, 4999];
        var canvas = new byte[36, 36];
        var pairs = new DigitPairs([rows[0], rows[1]], [rows[2], rows[0]]);
        var images = pairs.Overlaid(pool);
        for (var y = 0; y < 28; y++)
        {
            for (var x = 0; x < 28; x++)
            {
                canvas[y, x] = Math.Max(canvas[y, x], pool.Pixels[(rows[1] * 784) + (28 * y) + x]);
                canvas[y + 6, x + 6] = Math.Max(canvas[y + 6, x + 6], pool.Pixels[(rows[0] * 784) + (28 * y) + x]);
            }
        }

        var shrunk = Enumerable.Range(0, 784).Select(i => canvas[(int)((i / 28 + 0.5) * 36 / 28), (int)((i % 28 + 0.5) * 36 / 28)]);
        Assert.Equal(shrunk, images[784..]);
    }

    [Fact]
    public void MistakesAreRefused()
    {
        Assert.Equal(
            "the data set's option Pairs is '0'; it must be a whole number from 1 to 1000",
            Assert.Throws<DataException>(() => Load(1, 0)).Message);
        Number("train", 1, 19);
        Number("t10k", 20, 10);
        Assert.StartsWith(
            $"{folder.File("train-labels-idx1-ubyte")}: 19 images, expected at least 20 ",
            Assert.Throws<DataException>(() => Load(1, 1, folder.Path)).Message);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariantLearns(string name) => TinyRuns.AssertLearns(
        OverlaidDigits.Descriptor, name, Few.Value, 2e-3, epochs: name switch
        {
            nameof(OverlaidDigits.Adaptive) => 5,   // one more than before its first split
            nameof(OverlaidDigits.Branched) => 7,   // one more than its search
            _ => 2,
        });

    private static Splits Load(int seed, int pairs = 1, string? from = null) =>
        new MultiMnistImages().Load(new(from, seed, new Dictionary<string, string> { ["Pairs"] = $"{pairs}" }));

    private static float[] Column(Tensor matrix, int column) => matrix[TensorIndex.Colon, column].contiguous().data<float>().ToArray();

    /// <summary>Writes digits that are their number modulo 10, and show it in the pixels (0, 0) and (26, 26). A left digit shows it in
    /// the first pixel of an image, and a right one in the pixel (25, 25), which is that of the canvas at (32, 32).</summary>
    private void Number(string prefix, int first, int count)
    {
        byte[] numbers = [.. Enumerable.Range(first, count).Select(n => (byte)n)];
        var pixels = new byte[count * 784];
        for (var i = 0; i < count; i++)
        {
            (pixels[i * 784], pixels[(i * 784) + (26 * 28) + 26]) = (numbers[i], numbers[i]);
        }

        folder.Write($"{prefix}-images-idx3-ubyte", TemporaryFolder.Idx(pixels, count, 28, 28));
        folder.Write($"{prefix}-labels-idx1-ubyte", TemporaryFolder.Idx(Array.ConvertAll(numbers, n => (byte)(n % 10)), count));
    }

    private static (int Left, int Right)[] Digits(Samples samples)
    {
        using var numbers = (samples.Inputs * 255).round().to(ScalarType.Int32);
        return
        [
            .. Enumerable.Range(0, (int)numbers.shape[0])
                .Select(i => (numbers[i, 0, 0, 0].item<int>(), numbers[i, 0, 25, 25].item<int>())),
        ];
    }
}
