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

    /// <summary>The cosines are −1/6, 0 and −1/4 in the first step, and of A and B again 1/2 in the second, in which C has no gradient.
    /// The end of an epoch does not end the record.</summary>
    [Fact]
    public void AWeightingRecordsThePairsOfGradientsOverAllEpochs()
    {
        using var weighting = new Halves();
        weighting.RecordPairs(weighting);
        weighting.Balance([4, -1, 0, -1, 9, -3, 0, -3, 16], [1, 1, 1]);
        Take(weighting);
        weighting.Balance([16, 2, 0, 2, 1, 0, 0, 0, 0], [1, 1, 1]);
        Take(weighting);
        var (cosines, conflicts) = weighting.Pairs!.Means();
        var across = ((-1 / 6.0) + 0.5) / 2;
        double[] expected = [1, across, 0, across, 1, -0.25, 0, -0.25, 1];
        Assert.Equal(expected, cosines.SelectMany(row => row), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([0, 0.5, 0, 0.5, 0, 1, 0, 1, 0], conflicts.SelectMany(row => row));
    }

    /// <summary>Rounding can make an inner product larger than the product of the norms, and norms can be tiny.</summary>
    [Fact]
    public void APairThatNeverHadGradientsHasNoCosineAndNoneIsBeyondOne()
    {
        using var weighting = new Halves();
        weighting.RecordPairs(weighting);
        weighting.Balance([1e-300, 0, -1.1e-300, 0, 0, 0, -1.1e-300, 0, 1e-300], [1, 1, 1]);
        var (cosines, conflicts) = weighting.Pairs!.Means();
        Assert.Equal([1, double.NaN, -1, double.NaN, 1, double.NaN, -1, double.NaN, 1], cosines.SelectMany(row => row));
        Assert.Equal([0, double.NaN, 1, double.NaN, 0, double.NaN, 1, double.NaN, 0], conflicts.SelectMany(row => row));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(PairSums.MostTasks, true)]
    [InlineData(PairSums.MostTasks + 1, false)]
    public void PairsAreRecordedUpToANumberOfTasks(int tasks, bool recorded)
    {
        using var weighting = new PcGrad(tasks);
        weighting.RecordPairs(weighting);
        Assert.Equal(recorded, weighting.Pairs is not null);
        Assert.Equal(
            recorded ? 3 * tasks * (tasks - 1) / 2 : 0, weighting.state_dict().Values.Sum(buffer => buffer.numel()));
        weighting.Balance([.. Enumerable.Range(0, tasks * tasks).Select(i => i % (tasks + 1) == 0 ? 1.0 : 0)], new double[tasks]);
        Assert.Equal(recorded ? 0 : null, weighting.Pairs?.Means().Cosines[^1][0]);
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

    /// <summary>The weights of losses that are combined into one value are its derivatives by them, means over the steps in which a task
    /// has a label.</summary>
    [Fact]
    public void AWeightingOfLossesTellsTheDerivativesOfItsValue()
    {
        using var scope = NewDisposeScope();
        using var weighting = new GeometricMean(2);
        Step(weighting, [1, 4], null);                  // the mean is 2, and the derivatives 2/(2·1) and 2/(2·4)
        Step(weighting, [9, 0], [1, 0]);                // the second task has no label
        var measures = Take(weighting);
        Assert.Equal(["weight"], measures.Select(m => m.Name));
        Assert.Equal([(1 + 1) / 2.0, 0.25], measures[0].Values, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Empty(Take(weighting));
        Step(weighting, [9, 0], [1, 0]);
        Assert.Equal([1, double.NaN], Take(weighting)[0].Values, (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-9);
    }

    /// <summary>A value that is computed without a backward pass, as in a test of the objective, is not counted.</summary>
    [Fact]
    public void OnlyStepsAreCounted()
    {
        using var scope = NewDisposeScope();
        using var weighting = new Equal(2, mean: true);
        var losses = tensor(new double[] { 1, 3 }, requires_grad: true) * 1;
        weighting.Combine(losses, null);
        Step(weighting, [1, 4], null);
        weighting.Combine(losses.detach(), null);
        weighting.BackwardEnded();
        Assert.Equal([0.5, 0.5], Take(weighting)[0].Values);
    }

    /// <summary>The retained gradient changes no gradient of a parameter, to the last bit.</summary>
    [Fact]
    public void MeasuringALossChangesNoGradient()
    {
        using var scope = NewDisposeScope();
        using var weighting = new GeometricMean(2);
        var parameters = tensor(new[] { 0.3, 1.7 }, requires_grad: true);
        var plain = autograd.grad([weighting.call(parameters.square())], [parameters])[0];
        weighting.Combine(parameters.square(), null).backward();
        weighting.BackwardEnded();
        Assert.True(plain.eq(parameters.grad!).all().item<bool>());
    }

    /// <summary>Weightings of the gradients themselves tell the weights of the step's rows.</summary>
    [Fact]
    public void WeightingsOfGradientsTellTheWeightsOfTheirRows()
    {
        using var scope = NewDisposeScope();
        var jacobian = tensor(new double[,] { { 3, 0, 4 }, { 0, 1, 0 } });
        using var balanced = new DbMtl(2, beta: 0, betaSigma: 0.5);
        balanced.Allocate(3, ScalarType.Float64, CPU);
        var direction = balanced.Step(jacobian, ones(2, dtype: float64)).data<double>().ToArray();
        Assert.Equal([3, 5, 4], direction, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1, 5], Take(balanced)[0].Values, (a, b) => Math.Abs(a - b) < 1e-6);
        using var excess = new ExcessMtl(2, eta: 1);
        excess.Allocate(3, ScalarType.Float64, CPU);
        excess.Step(jacobian, ones(2, dtype: float64));
        Assert.Equal([1, 1], Take(excess)[0].Values);
        using var corrected = new MoCo(2, beta: 0.5, betaSigma: 0.5, gamma: 0.1, gammaSigma: 0.5, rho: 0);
        corrected.Allocate(3, ScalarType.Float64, CPU);
        corrected.Step(jacobian, ones(2, dtype: float64));
        Assert.Equal(1, Take(corrected)[0].Values.Sum(), 1e-12);
    }

    private static void Step(LossWeighting weighting, double[] losses, double[]? present)
    {
        var leaf = tensor(losses, requires_grad: true);
        weighting.Combine(leaf * 1, present is null ? null : tensor(present)).backward();
        weighting.BackwardEnded();
    }

    private static List<(string Name, double[] Values)> Take(IMeasuredWeighting weighting) => [.. weighting.TakeMeasures()];

    private sealed class Halves() : GramianWeighting(3)
    {
        public override double[] Weights(Gramian gramian, ReadOnlySpan<double> losses) => [.. Enumerable.Repeat(0.5, gramian.Count)];
    }
}
