using UAmtfl.Tests.Training;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Layers;

/// <summary>Images are mirrored and shifted at random in training, and only there.</summary>
public sealed class AugmentationTests : IDisposable
{
    private const int Images = 600;

    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    public static TheoryData<nn.Module<Tensor, Tensor>> Layers => [new RandomFlip(0.5), new RandomCrop(2, 5, 6)];

    public void Dispose() => scope.Dispose();

    [Fact]
    public void WithoutFlipsAndPaddingNoBitChanges()
    {
        var images = Drawn();
        Assert.True(Changed(new RandomFlip(0), images).Equals(images));
        Assert.True(Changed(new RandomCrop(0, 5, 6), images).Equals(images));
        Assert.True(Changed(new RandomFlip(1), images).Equals(images.flip(3)));
    }

    /// <summary>Of 600 images 20 % are 120; five standard deviations are 49.</summary>
    [Fact]
    public void AsManyImagesAreMirroredAsTheProbabilitySays()
    {
        var images = Drawn();
        var changed = Changed(new RandomFlip(0.2), images);
        var (same, mirrored) = (Equal(changed, images), Equal(changed, images.flip(3)));
        Assert.All(same.Zip(mirrored), image => Assert.True(image.First ^ image.Second));
        random.manual_seed(3);
        Assert.Equal(rand(Images).data<float>().Select(drawn => drawn < 0.2f), mirrored);
        Assert.InRange(mirrored.Count(m => m), 71, 169);
    }

    /// <summary>Each image is its padded one from a row and a column on, and each of the nine places occurs, on average 67 times; five
    /// standard deviations are 39.</summary>
    [Fact]
    public void EachPlaceOfACropIsEquallyLikely()
    {
        var images = Drawn();
        var changed = Changed(new RandomCrop(1, 5, 6), images);
        var padded = nn.functional.pad(images, (1, 1, 1, 1));
        var places = new List<bool[]>();
        for (var place = 0; place < 9; place++)
        {
            places.Add(Equal(changed, padded.narrow(2, place / 3, 5).narrow(3, place % 3, 6)));
            Assert.InRange(places[place].Count(p => p), 28, 106);
        }

        Assert.All(Enumerable.Range(0, Images), image => Assert.Single(places, p => p[image]));
    }

    [Theory, MemberData(nameof(Layers))]
    public void APredictionTakesImagesAsTheyAre(nn.Module<Tensor, Tensor> layer)
    {
        var images = Drawn();
        layer.eval();
        Assert.True(layer.call(images).Equals(images));
        layer.train();
        Assert.False(layer.call(images).Equals(images));
    }

    /// <summary>The random numbers do not depend on the type of the images.</summary>
    [Theory, MemberData(nameof(Layers))]
    public void ImagesOfBothPrecisionsAreChangedTheSame(nn.Module<Tensor, Tensor> layer)
    {
        var images = Drawn();
        Assert.True(Changed(layer, images.to(float64)).Equals(Changed(layer, images).to(float64)));
    }

    /// <summary>Tasks that have the same weights have the same features, because they see the same images.</summary>
    [Fact]
    public void NetworksOfAllTasksSeeTheSameImages()
    {
        using var objective = GeneratedNetworks.Create("augmented", nameof(Augmented.Alone), seed: 1);
        var inputs = GeneratedNetworks.Inputs("augmented", nameof(Augmented.Alone));
        var network = objective.Network;
        using var frozen = no_grad();
        foreach (var (name, weights) in network.named_parameters().Where(p => p.name.StartsWith("Trunks.", StringComparison.Ordinal)))
        {
            var rows = weights.view(6, -1);
            rows.copy_(rows.narrow(0, 0, 1).expand_as(rows).clone());
        }

        network.train();
        network.Predict(network.Prepare(inputs), out var features);
        network.Predict(network.Prepare(inputs), out var again);
        Assert.All(Enumerable.Range(1, 5), task => Assert.True(features[task].Equals(features[0])));
        Assert.False(features.Equals(again));
    }

    private static Tensor Drawn()
    {
        random.manual_seed(1);
        return rand(Images, 2, 5, 6) + 1;   // no pixel is 0, as those of the padding are
    }

    private static Tensor Changed(nn.Module<Tensor, Tensor> layer, Tensor images)
    {
        layer.train();
        random.manual_seed(3);
        return layer.call(images);
    }

    /// <summary>Returns which images are equal to the bit.</summary>
    private static bool[] Equal(Tensor one, Tensor other) => one.eq(other).flatten(1).all(1).data<bool>().ToArray();
}
