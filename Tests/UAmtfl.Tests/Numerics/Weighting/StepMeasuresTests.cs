using TorchSharp;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.LossBased;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>A weighting tells the means of what it computes over the steps of an epoch.</summary>
public sealed class StepMeasuresTests
{
    /// <summary>In the second step task C has no gradient. Of the pairs AB, AC, BC and again AB, the first and the third
    /// conflict.</summary>
    [Fact]
    public void AWeightingOfInnerProductsTellsWeightsNormsAndConflicts()
    {
        using var weighting = new Halves();
        weighting.Balance([4, -1, 0, -1, 9, -3, 0, -3, 16], [1, 1, 1]);
        weighting.Balance([16, 2, 0, 2, 1, 0, 0, 0, 0], [1, 1, 1]);
        var measures = Take(weighting);
        Assert.Equal(["weight", "gradientNorm", "conflicts"], measures.Select(m => m.Name));
        Assert.Equal([0.5, 0.5, 0.5], measures[0].Values);
        Assert.Equal([3, 2, 4], measures[1].Values);
        Assert.Equal([0.5], measures[2].Values);
    }

    [Fact]
    public void EachEpochBeginsAgain()
    {
        using var weighting = new Halves();
        weighting.Balance([4, -1, 0, -1, 9, -3, 0, -3, 16], [1, 1, 1]);
        Take(weighting);
        Assert.Empty(Take(weighting));
        weighting.Balance([1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 1]);
        var measures = Take(weighting);
        Assert.Equal([1, double.NaN, double.NaN], measures[1].Values);
        Assert.Equal([double.NaN], measures[2].Values);
    }

    /// <summary>Measuring changes no weight.</summary>
    [Fact]
    public void TheWeightsAreThoseOfTheMethod()
    {
        using var weighting = new Mgda(2, MgdaNormalisation.None);
        var weights = weighting.Balance([1, 0, 0, 3], [1, 1]);
        Assert.Equal([0.75, 0.25], weights, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(weights, Take(weighting)[0].Values);
    }

    /// <summary>The weights are read in double precision, whatever type the network has.</summary>
    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-6)]
    public void TheWeightsOfDwaAreThoseOfTheEpoch(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var weighting = new Dwa(2, 2);
        weighting.to(type);
        Assert.Equal([1, 1], Take(weighting)[0].Values);
        weighting.EpochEnded(tensor(new[] { 1.0, 1.0 }));
        weighting.EpochEnded(tensor(new[] { 0.5, 1.0 }));
        var (fast, slow) = (Math.Exp(0.25), Math.Exp(0.5));
        Assert.Equal(
            [2 * fast / (fast + slow), 2 * slow / (fast + slow)],
            Take(weighting)[0].Values,
            (a, b) => Math.Abs(a - b) < tolerance);
    }

    private static List<(string Name, double[] Values)> Take(IMeasuredWeighting weighting) => [.. weighting.TakeMeasures()];

    private sealed class Halves() : GramianWeighting(3)
    {
        public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => [.. Enumerable.Repeat(0.5, gramian.Count)];
    }
}
