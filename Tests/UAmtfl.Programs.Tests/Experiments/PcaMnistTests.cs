using UAmtfl.Data;
using UAmtfl.Experiments.Mnist;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class PcaMnistTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Variants => [.. MnistPca.Descriptor.Variants.Select(v => v.Name)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SplitsAreDrawnEvenlyAndApart()
    {
        byte[] labels = [.. Enumerable.Range(0, 2500).Select(i => (byte)(i % 10))];
        var draw = PcaDraw.From(labels, 1, "labels");
        Assert.Equal((1000, 500, 500), (draw.Train.Length, draw.Validation.Length, draw.Test.Length));
        foreach (var (rows, each) in new[] { (draw.Train, 100), (draw.Validation, 50), (draw.Test, 50) })
        {
            Assert.All(rows.CountBy(r => labels[r]), c => Assert.Equal(each, c.Value));
        }

        Assert.Equal(2000, draw.Train.Concat(draw.Validation).Concat(draw.Test).Distinct().Count());
        Assert.Equal(draw.Test, PcaDraw.From(labels, 1, "labels").Test);
        Assert.NotEqual(draw.Test, PcaDraw.From(labels, 2, "labels").Test);
        Assert.StartsWith(
            "labels: 199 images of digit 0, expected at least 200 (100 to train on, 50 to validate on and 50 to test on): ",
            Assert.Throws<DataException>(() => PcaDraw.From(labels[..1990], 1, "labels")).Message);
    }

    /// <summary>All three splits have the components of the training images.</summary>
    [Fact]
    public void FeaturesAreThoseOfTheTrainingImages()
    {
        using var scope = NewDisposeScope();
        var raw = Load(3);
        var splits = SplitFacts.Prepared(raw, MnistPca.Descriptor.Tasks);
        var pool = DigitImages.Read(MnistFolder.Shipped.Path, "pool");
        var draw = PcaDraw.From(pool.Labels, 3, pool.Source);
        var components = PrincipalComponents.Fit(pool.Gather(draw.Train).Pixels.flatten(1), 64);
        foreach (var (samples, rows) in new[]
        {
            (splits.Train, draw.Train), (splits.Validation, draw.Validation), (splits.Test, draw.Test),
        })
        {
            var (pixels, labels) = pool.Gather(rows);
            Assert.Equal([rows.Length, 64], samples.Inputs.shape);
            Assert.True(samples.Inputs.Equals(components.Apply(pixels.flatten(1))) && samples.Labels.Equals(labels));
        }

        Assert.InRange(splits.Train.Inputs.mean([0L]).abs().max().item<float>(), 0, 1e-5);
        var variances = components.Variances;
        Assert.InRange((variances[..64].sum() / variances.sum()).item<double>(), 0.8, 0.95);
        Assert.False(raw.SharedTest);
    }

    [Fact]
    public void TheStandardTestIsTheSameImagesInEachSplitsFeatures()
    {
        using var scope = NewDisposeScope();
        var (one, two, drawn) = (Prepared(1, "Standard"), Prepared(2, "Standard"), Prepared(1));
        Assert.True(one.SharedTest && two.SharedTest);
        Assert.Equal([10_000, 64], one.Test.Inputs.shape);
        Assert.True(one.Test.Labels.Equals(two.Test.Labels));
        Assert.False(one.Test.Inputs.Equals(two.Test.Inputs));
        Assert.True(one.Train.Inputs.Equals(drawn.Train.Inputs) && one.Validation.Inputs.Equals(drawn.Validation.Inputs));
    }

    [Fact]
    public void MistakesAreRefused()
    {
        Assert.Equal(
            "the data set's option Test is 'Full'; it must be Drawn or Standard",
            Assert.Throws<DataException>(() => Load(1, "Full")).Message);
        folder.WriteDigits("train", [.. Enumerable.Range(0, 2000).Select(i => (byte)(i % 10))]);
        folder.WriteDigits("t10k", [0, 1, 2, 3, 4, 5, 6, 8, 9]);
        Assert.StartsWith(
            $"{folder.File("t10k-labels-idx1-ubyte")}: no image of digit 7 among 9: ",
            Assert.Throws<DataException>(() => Load(1, "Standard", folder.Path)).Message);
        folder.WriteDigits("train", [.. Enumerable.Range(0, 1990).Select(i => (byte)(i % 10))]);
        Assert.StartsWith(
            $"{folder.File("train-labels-idx1-ubyte")}: 199 images of digit 0",
            Assert.Throws<DataException>(() => Load(1, from: folder.Path)).Message);
    }

    /// <summary>Every variant trains two epochs at one point of each grid.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariantRuns(string name)
    {
        var variant = MnistPca.Descriptor.Variants.First(v => v.Name == name);
        var result = TestCell.Run(
            MnistPca.Descriptor,
            variant,
            variant.Bind(TestSettings.Empty),
            variant.Plan with { Epochs = 2 },
            new(null, 1),
            _ => { },
            default);
        Assert.Equal(10, result.TaskErrors.Length);
        Assert.All(result.TaskErrors.Concat(result.TaskLosses).Append(result.ValidationError), e => Assert.True(double.IsFinite(e)));
        Assert.InRange(result.OverallError, 0, 0.8);
    }

    private static Splits Prepared(int seed, string test = "Drawn") => SplitFacts.Prepared(Load(seed, test), MnistPca.Descriptor.Tasks);

    private static Splits Load(int seed, string test = "Drawn", string? from = null) =>
        new PcaMnist().Load(new(from, seed, new Dictionary<string, string> { ["Test"] = test }));
}
