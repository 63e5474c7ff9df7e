using UAmtfl.Numerics;
using UAmtfl.Training;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.State;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>The random numbers of an epoch depend only on the seed, their purpose and the epoch.</summary>
public sealed class RandomStreamTests
{
    [Fact]
    public void StreamsOfSeedsPurposesAndEpochsAreAllDifferent()
    {
        var seeds =
            from seed in Enumerable.Range(0, 10)
            from stream in (string[])["batches", "dropout", "weighting"]
            from epoch in Enumerable.Range(0, 100)
            select RandomStreams.Derive(seed, stream, epoch);
        var all = seeds.Concat(Enumerable.Range(0, 10).Select(seed => RandomStreams.Derive(seed, "batches"))).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, seed => Assert.True(seed >= 0));
    }

    [Fact]
    public void AnEpochDrawsTheSameWhateverWasDrawnBefore()
    {
        using var scope = NewDisposeScope();
        using var weighting = new PcGrad(4);
        var first = Draws(weighting, epoch: 3);
        rand(17);
        Random(weighting).Normals(5);
        Trainer.StartStreams(weighting.named_modules(), seed: 1, epoch: 2);
        rand(3);
        Assert.Equal(first, Draws(weighting, epoch: 3));
        Assert.NotEqual(first, Draws(weighting, epoch: 4));
    }

    [Fact]
    public void NoStateOfAGeneratorIsSavedWithANetwork()
    {
        using var weighting = new PcGrad(4);
        Assert.Empty(weighting.state_dict());
    }

    private static double[] Draws(nn.Module module, int epoch)
    {
        Trainer.StartStreams(module.named_modules(), seed: 1, epoch);
        return [.. rand(5, dtype: ScalarType.Float64).data<double>(), .. Random(module).Normals(5)];
    }

    private static StateRandom Random(nn.Module module) => module.modules().OfType<StateRandom>().Single();
}
