using UAmtfl.Trunks;
using UAmtfl.Weighting;
using UAmtfl.Weighting.LossBased;
using static TorchSharp.torch;
using static UAmtfl.Testing.LossWeightingToys;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>Loss-based weightings equal simpler ones at the limits of their settings, and their constructors refuse arguments without a
/// meaning.</summary>
public sealed class LossWeightingLimitTests
{
    [Fact]
    public void RandomWeightsSumToOneAndAreEqualInTheMean()
    {
        random.manual_seed(1);
        var weighting = Double(new RandomWeights(4));
        var mean = new double[4];
        for (var i = 0; i < 4000; i++)
        {
            var weights = weighting.Weights(1, 2, 3, 4);
            Assert.Equal(1, weights.Sum(), 1e-12);
            for (var t = 0; t < 4; t++)
            {
                mean[t] += weights[t] / 4000;
            }
        }

        // A weight has a standard deviation of 0.2, so that the limit is five standard errors.
        Near([0.25, 0.25, 0.25, 0.25], mean, 5 * 0.2 / Math.Sqrt(4000));
    }

    /// <summary>Random weights of two tasks have the right spread: the softmax of two standard normal numbers is the logistic function of
    /// their difference, whose variance is 2.</summary>
    [Fact]
    public void RandomWeightsHaveTheSpreadOfASoftmaxOfNormals()
    {
        random.manual_seed(2);
        var weighting = Double(new RandomWeights(2));
        var square = 0.0;
        for (var i = 0; i < 4000; i++)
        {
            var weights = weighting.Weights(1, 1);
            var difference = Math.Log(weights[0] / weights[1]);
            square += difference * difference / 4000;
        }

        Assert.Equal(2, square, 5 * 2 * Math.Sqrt(2 / 4000.0));
    }

    [Fact]
    public void StchIsTheMaximumAsTheSmoothingFalls()
    {
        var last = double.PositiveInfinity;
        foreach (var smoothing in new[] { 1, 0.1, 0.01, 1e-4, 1e-8 })
        {
            var value = Double(new Stch(3, smoothing)).Value(Three);
            Assert.InRange(value, 2 / 3.0, Math.Min(last, (2 / 3.0) + (smoothing * Math.Log(3)) + 1e-12));
            last = value;
        }

        Assert.Equal(2 / 3.0, last, 1e-12);
        Near([1 / 3.0, 0, 0], Double(new Stch(3, 1e-8)).Weights(Three), 1e-12);
    }

    [Fact]
    public void CosmosWithoutTheAngleIsAWeightedSum()
        => Near([0.2, 0.5, 0.3], Double(new Cosmos(3, [0.2, 0.5, 0.3], 0)).Weights(Three), 1e-15);

    [Fact]
    public void PbiWithoutThePenaltyIsAProjection()
        => Near([1 / 3.0, 2 / 3.0, 2 / 3.0], Double(new Pbi(3, [1, 2, 2], 0)).Weights(Three), 1e-15);

    [Fact]
    public void LbtwWithAlphaZeroIsTheSum()
    {
        var weighting = Double(new Lbtw(3, 0, everyEpoch: false));
        weighting.Value(4, 1, 1);
        Near([1, 1, 1], weighting.Weights(Three), 1e-15);
    }

    [Fact]
    public void DwaAtAHighTemperatureIsTheSum()
    {
        var weighting = Double(new Dwa(3, 1e9));
        weighting.EndEpoch(1, 1, 1);
        weighting.EndEpoch(1, 0.1, 2);
        Near([1, 1, 1], weighting.Weights(Three), 1e-8);
    }

    /// <summary>Famo's steps on w equal those of an Adam without tensors.</summary>
    [Fact]
    public void FamoStepsAsAdam()
    {
        var weighting = Double(new Famo(3, 0.025, 0.001));
        double[] w = new double[3], m = new double[3], v = new double[3], losses = [2, 0.5, 1], next = [1.7, 0.6, 0.9];
        for (var k = 1; k <= 5; k++)
        {
            weighting.Value(losses);
            weighting.EndStep(next);
            double[] e = [.. w.Select(Math.Exp)], z = [.. e.Select(x => x / e.Sum())];
            double[] fall = [.. losses.Select((l, t) => Math.Log(l + 1e-8) - Math.Log(next[t] + 1e-8))];
            var mean = z.Select((s, t) => s * fall[t]).Sum();
            for (var t = 0; t < 3; t++)
            {
                var g = (z[t] * (fall[t] - mean)) + (0.001 * w[t]);
                (m[t], v[t]) = ((0.9 * m[t]) + (0.1 * g), (0.999 * v[t]) + (0.001 * g * g));
                w[t] -= 0.025 * (m[t] / (1 - Math.Pow(0.9, k))) / (Math.Sqrt(v[t] / (1 - Math.Pow(0.999, k))) + 1e-8);
            }

            Near(w, weighting.Saved("w.numbers"), 1e-12);
            (losses, next) = (next, [next[0] * 0.9, next[1] * 1.1, next[2] * 0.7]);
        }
    }

    /// <summary>When a weighting moves to another type, its tensors follow, but the numbers that it keeps in main memory keep their
    /// precision.</summary>
    [Fact]
    public void StateSurvivesAMove()
    {
        random.manual_seed(3);
        var weighting = new Dwa(2, 2);
        weighting.EndEpoch(1 / 3.0, 2);
        using (NewDisposeScope())
        {
            Layout.Placed(weighting, ScalarType.Float32, CPU);
        }

        Assert.Equal(1 / 3.0, weighting.Saved("last.numbers")[0]);
        using (var scope = NewDisposeScope())
        {
            Assert.Equal(ScalarType.Float32, weighting.call(tensor(new[] { 1f, 2f })).dtype);
        }

        Layout.Placed(weighting, ScalarType.Float64, CPU);
        weighting.EndEpoch(0.3, 2);
        var (first, second) = (Math.Exp(0.9 / 2), Math.Exp(0.5));
        Near([2 * first / (first + second), 2 * second / (first + second)], weighting.Weights(1, 1), 1e-15);
    }

    [Fact]
    public void ManyNormalNumbersAreThoseOneByOne()
    {
        random.manual_seed(4);
        var (one, many) = (new Draws(), new Draws());
        many.GoOnFrom(one);
        Assert.Equal(Enumerable.Range(0, 7).Select(_ => one.Source.Normal()), many.Source.Normals(7));
        Assert.Equal(one.Source.Uniform(), many.Source.Uniform());
    }

    [Fact]
    public void WhatMakesNoSenseIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("tasks", () => new Equal(0, true));
        Assert.Throws<ArgumentException>("weights", () => new Constant(3, [1, 2]));
        Assert.Throws<ArgumentException>("weights", () => new Constant(2, [1, double.NaN]));
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => new Dwa(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Famo(2, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("decay", () => new Famo(2, 0.1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("smoothing", () => new Stch(2, 0));
        Assert.Throws<ArgumentException>("preference", () => new Stch(2, 1, [1, -1]));
        Assert.Throws<ArgumentException>("preference", () => new Cosmos(2, [1, 1, 1], 1));
        Assert.Throws<ArgumentOutOfRangeException>("lambda", () => new Cosmos(2, null, -1));
        Assert.Throws<ArgumentOutOfRangeException>("theta", () => new Pbi(2, null, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("warmUp", () => new LogStch(2, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new Lbtw(2, -0.5, true));
    }

    private sealed class Draws : LossWeighting
    {
        public Draws()
            : base(1) => Source = KeepRandom("draws");

        public UAmtfl.Weighting.State.StateRandom Source { get; }

        public override Tensor forward(Tensor input) => input.sum();
    }
}
