using UAmtfl.Weighting.GradientBased;
using static TorchSharp.torch;
using static UAmtfl.Testing.LossWeightingToys;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>Directions of weightings that need whole gradients, mostly for the two gradients (−4, 1, 1) and (6, 1, 1).</summary>
public sealed class JacobianReferenceTests
{
    private static readonly double[][] Two = [[-4, 1, 1], [6, 1, 1]];

    /// <summary>GradDrop keeps one sign of each entry with probabilities P = (0.6, 1, 1): the first entry is 6 or −4, the others are
    /// always 2.</summary>
    [Fact]
    public void GradDropDrawsASignWithItsProbability()
    {
        random.manual_seed(1);
        var (weighting, positive) = (new GradDrop(2), 0);
        for (var i = 0; i < 3000; i++)
        {
            var direction = weighting.Step(Two);
            Assert.Contains(direction[0], new[] { 6.0, -4 });
            Near([2, 2], direction[1..], 0);
            positive += direction[0] > 0 ? 1 : 0;
        }

        Assert.Equal(0.6, positive / 3000.0, 5 * Math.Sqrt(0.6 * 0.4 / 3000));
    }

    [Fact]
    public void GradDropIsTheSumInTheMean()
    {
        random.manual_seed(2);
        using var scope = NewDisposeScope();
        var jacobian = randn(4, 500, dtype: ScalarType.Float64);
        var (weighting, draws, sum) = (new GradDrop(4), 400, zeros(500, dtype: ScalarType.Float64));
        for (var i = 0; i < draws; i++)
        {
            using var step = NewDisposeScope();
            sum.add_(weighting.Direction(jacobian, ones(4)) / draws);
        }

        // Each entry is one of two numbers that differ by Σ|g|, so that its standard deviation is at most half of that.
        var bound = jacobian.abs().sum(dim: 0) * (5 * 0.5 / Math.Sqrt(draws));
        Assert.True((sum - jacobian.sum(dim: 0)).abs().le(bound).all().item<bool>());
    }

    [Fact]
    public void GradDropDoesNotSeeATaskWithoutALabel()
    {
        random.manual_seed(3);
        var (with, without) = (new GradDrop(3), new GradDrop(2));
        without.GoOnFrom(with);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(without.Step(Two), with.Step([Two[0], [0, 0, 0], Two[1]]));
        }
    }

    /// <summary>For losses L = (1, 2) the gradients of log L are scaled to the largest norm. The first step is 0.1 of the gradients; the
    /// second task's is longer by 1.3764943517.</summary>
    [Fact]
    public void DbMtlBringsGradientsToTheLargestNorm()
    {
        double[][] rows = [[.. Two[0].Select(v => v / (1 + 1e-8))], [.. Two[1].Select(v => v / (2 + 1e-8))]];
        var direction = new DbMtl(2, 0.9, 0).Step(rows);
        // The largest norm, 0.1 √18, is also divided by itself plus 1e-8.
        var first = 1 - (1e-8 / (0.1 * Math.Sqrt(18)));
        Near([.. rows[0].Select((v, i) => 0.1 * ((first * v) + (1.3764943517 * rows[1][i])))], direction);
    }

    [Fact]
    public void DbMtlAveragesGradients()
    {
        var weighting = new DbMtl(2, 0.9, 0.5);
        weighting.Step([[1, 0], [0, 2]]);
        var direction = weighting.Step([[0, 3], [4, 0]]);
        var (first, second) = (1 - 0.9, 1 - (0.9 / Math.Sqrt(2)));
        double[] y = [(1 - second) * first, second * 3], z = [second * 4, (1 - second) * first * 2];
        var (a, b) = (Math.Sqrt((y[0] * y[0]) + (y[1] * y[1])), Math.Sqrt((z[0] * z[0]) + (z[1] * z[1])));
        Near([y[0], y[1], z[0], z[1]], weighting.Saved("gradients.numbers"), 1e-14);
        Near([(y[0] * b / a) + z[0], (y[1] * b / a) + z[1]], direction, 1e-6);
    }

    [Fact]
    public void DbMtlBalancesLogarithms()
    {
        using var scope = NewDisposeScope();
        var losses = tensor([2.0, 0, 1e-3], requires_grad: true);
        var terms = new DbMtl(3, 0.9, 0).Transform(losses, tensor([1.0, 0, 1]));
        Near([Math.Log(2 + 1e-8), 0, Math.Log(1e-3 + 1e-8)], Numbers(terms.detach()), 1e-15);
        Near([1 / (2 + 1e-8), 0, 1 / (1e-3 + 1e-8)], Numbers(autograd.grad([terms.sum()], [losses])[0]), 1e-12);
    }

    [Fact]
    public void MoCo()
    {
        var weighting = new MoCo(2, 0.5, 0.5, 0.1, 0.5, 0);
        var direction = weighting.Step(Two, 1, 2);
        Near([0.5093739015, 0.4906260985], weighting.Saved("lambda.numbers"));
        var (first, second) = (0.5 * 0.5093739015 / Math.Sqrt(18), 0.5 * 2 * 0.4906260985 / Math.Sqrt(38));
        Near([.. Two[0].Select((v, i) => (first * v) + (second * Two[1][i]))], direction, 1e-7);
    }

    /// <summary>The second step, with all rates and ρ, equals that computed without tensors.</summary>
    [Fact]
    public void MoCoTakesSmallerStepsAsItGoesOn()
    {
        var weighting = new MoCo(2, 0.6, 0.5, 0.3, 0.25, 0.2);
        weighting.Step([[1, 0], [0, 1]], 1, 3);
        var lambda = weighting.Saved("lambda.numbers");
        weighting.Step([[0, 1], [0, 1]], 2, 1);
        var rate = 0.6 / Math.Sqrt(2);
        double[] y = [0.6 * (1 - rate), rate * 2], z = [0, (1.8 * (1 - rate)) + rate];
        Near([y[0], y[1], z[0], z[1]], weighting.Saved("gradients.numbers"), 1e-7);
        double[] sum = [(lambda[0] * y[0]) + (lambda[1] * z[0]), (lambda[0] * y[1]) + (lambda[1] * z[1])];
        double[] next =
        [
            .. new[] { y, z }
                .Select((r, t) => lambda[t] - (0.3 / Math.Pow(2, 0.25) * ((r[0] * sum[0]) + (r[1] * sum[1]) + (0.2 * lambda[t])))),
        ];
        Near([1 / (1 + Math.Exp(next[1] - next[0])), 1 / (1 + Math.Exp(next[0] - next[1]))], weighting.Saved("lambda.numbers"), 1e-7);
    }

    [Fact]
    public void ExcessMtlWithTheSameGradientsKeepsWeightsEqual()
    {
        var weighting = new ExcessMtl(2, 0.5);
        weighting.Step(Two);
        Near([8 - 6, 2, 2], weighting.Step(Two), 1e-6);
        Near([1, 1], weighting.Saved("weights.numbers"), 1e-7);
    }

    [Fact]
    public void ExcessMtl()
    {
        var weighting = new ExcessMtl(2, 0.5);
        Near([2, 2, 2], weighting.Step(Two), 1e-12);
        double[][] next = [[1, 2, 0], [3, 3, 3]];
        var direction = weighting.Step(next);
        double[] start = [.. Two.Select(g => g.Sum(v => v * v / Math.Sqrt((v * v) + 1e-7)))];
        double[] excess =
        [
            .. next.Select((g, t) => g.Select((v, i) => v * v / Math.Sqrt((v * v) + (Two[t][i] * Two[t][i]) + 1e-7)).Sum() / start[t]),
        ];
        double[] grown = [.. excess.Select(e => Math.Exp(0.5 * e))], weights = [.. grown.Select(g => 2 * g / grown.Sum())];
        Near(weights, weighting.Saved("weights.numbers"), 1e-12);
        Near([weights[0] + (3 * weights[1]), (2 * weights[0]) + (3 * weights[1]), 3 * weights[1]], direction, 1e-12);
    }

    [Fact]
    public void TrimmedMeanLeavesOutTheExtremes()
    {
        double[][] rows = [[1, 9], [2, -8], [6, 3], [1000, 4], [-7, 5]];
        Near([3, 4], new TrimmedMean(5, 1).Step(rows), 1e-14);
        Near([2, 4], new TrimmedMean(5, 2).Step(rows), 1e-14);
        Near([1002 / 5.0, 13 / 5.0], new TrimmedMean(5, 0).Step(rows), 1e-12);
    }

    [Fact]
    public void TrimmedMeanCountsTasksWithAGradient()
    {
        double[][] rows = [[1, 9], [0, 0], [6, 3], [0, 0], [-7, 5]];
        Near([1, 5], new TrimmedMean(5, 1).Step(rows), 1e-14);
        Near([1, 5], new TrimmedMean(5, 2).Step(rows), 1e-14);
        Near([3.5, 6], new TrimmedMean(5, 2).Step([[1, 9], [0, 0], [6, 3], [0, 0], [0, 0]]), 1e-14);
    }

    [Fact]
    public void WhatMakesNoSenseIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("tasks", () => new GradDrop(0));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => new DbMtl(2, 1.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("betaSigma", () => new DbMtl(2, 0.9, -1));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new MoCo(2, 0.5, 0.5, -1, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>("rho", () => new MoCo(2, 0.5, 0.5, 1, 0.5, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("eta", () => new ExcessMtl(2, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("trim", () => new TrimmedMean(4, 2));
    }
}
