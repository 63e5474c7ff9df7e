using UAmtfl.Data;
using UAmtfl.Experiments.FacesOfFonts;

namespace UAmtfl.Tests.Experiments;

public sealed class FontFacesTests
{
    private static readonly Lazy<Splits> Whole = new(() => new FaceImages().Load(new(null, 1)));

    private static readonly Lazy<Splits> Few = new(() => new(
        TinyRuns.Kept(Whole.Value.Train, 208), TinyRuns.Kept(Whole.Value.Validation, 52), TinyRuns.Kept(Whole.Value.Test, 52),
        SharedTest: true));

    public static TheoryData<string> Variants => [.. FontFaces.Descriptor.Variants.Select(v => v.Name)];

    [Fact]
    public void EachFaceHasAnImageOfEachLetter()
    {
        foreach (var (samples, faces) in new[] { (Whole.Value.Train, 86), (Whole.Value.Validation, 18), (Whole.Value.Test, 37) })
        {
            Assert.Equal([52 * faces, 1, 28, 28], samples.Inputs.shape);
            Assert.Equal([52 * faces, FontFaces.Descriptor.Tasks.Count], samples.Labels.shape);
            Assert.Equal(1f, samples.Inputs.max().item<float>());
            var ink = samples.Inputs.sum([1L, 2L, 3L]).data<float>().ToArray();
            Assert.All(ink, amount => Assert.InRange(amount, 4, 300));
        }
    }

    [Fact]
    public void NoKinIsInTwoSets()
    {
        HashSet<string>[] kins =
            [.. new[] { Whole.Value.Train, Whole.Value.Validation, Whole.Value.Test }.Select(s => s.Ids!.ToHashSet())];
        Assert.Equal([13, 3, 7], kins.Select(k => k.Count));
        Assert.Equal(23, kins.SelectMany(k => k).Distinct().Count());
    }

    /// <summary>The attributes of a letter are the same in all faces, and those of a face for all letters.</summary>
    [Fact]
    public void AttributesAreThoseOfTheTables()
    {
        var labels = Whole.Value.Test.Labels.data<float>().ToArray().Chunk(FontFaces.Descriptor.Tasks.Count).ToArray();
        const int FaceTraits = 4;
        foreach (var (row, traits) in labels.Index())
        {
            Assert.Equal(labels[row / 52 * 52][..FaceTraits], traits[..FaceTraits]);
            Assert.Equal(labels[row % 52][FaceTraits..], traits[FaceTraits..]);
        }

        Assert.Equal("ABDOPQRabdegopq", Having(FontFaces.Trait.Counter));
        Assert.Equal("AHIMOTUVWXYilovwx", Having(FontFaces.Trait.Mirrored));
        Assert.Equal("Aa", Having(FontFaces.Trait.Letter, 0));
        Assert.Equal("Zz", Having(FontFaces.Trait.Letter, 25));
        Assert.Equal([1, 1, 1, 0], labels[3 * 52][..FaceTraits]);   // Linux Libertine, bold italic

        string Having(FontFaces.Trait trait, float value = 1) => string.Concat(
            labels.Take(52).Index().Where(l => l.Item[(int)trait] == value)
                .Select(l => (char)(l.Index < 26 ? 'A' + l.Index : 'G' + l.Index)));
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void EveryVariantLearns(string name) => TinyRuns.AssertLearns(
        FontFaces.Descriptor, name, Few.Value, 2e-3, epochs: name switch
        {
            nameof(FontFaces.Adaptive) => 4,   // one more than before its first split
            nameof(FontFaces.Branched) => 6,   // one more than its search
            _ => 2,
        });
}
