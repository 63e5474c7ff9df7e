using UAmtfl.Weighting;
using UAmtfl.Weighting.Bilevel;
using static UAmtfl.Testing.LossWeightingToys;
using static UAmtfl.Tests.Numerics.Weighting.QuadraticLevels;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>The weights of several upper objectives, and the gradients of these objectives with respect to the lower weights.</summary>
public sealed class BilevelUpperLevelTests
{
    [Fact]
    public void ShortestCombinationOfTwo()
    {
        Near([0.6, 0.4], Alone(new([18, -22, -22, 38])), 1e-12);
        Near([1, 0], Alone(new([1, 2, 2, 9])), 1e-12);
        Near([1], Alone(new([3])), 0);
        Near([0, 1, 0], Alone(new([1, 0, 0, 0, 0, 0, 0, 0, 1])), 0);
    }

    /// <summary>The weights γ satisfy the conditions of the minimum of γᵀGγ: (Gγ)_k ≥ γᵀGγ, with equality where γ_k > 0.</summary>
    [Theory]
    [InlineData(3, 8, 1)]
    [InlineData(20, 10, 1)]
    [InlineData(60, 40, 1e-10)]
    [InlineData(60, 40, 1e15)]
    public void ShortestCombinationOfMany(int tasks, int size, double scale)
    {
        var random = new Random(tasks);
        double[][] rows =
        [
            .. Enumerable.Range(0, tasks)
                .Select(_ => Enumerable.Range(0, size).Select(_ => scale * (random.NextDouble() - 0.3)).ToArray()),
        ];
        var gramian = new Gramian([.. rows.SelectMany(r => rows.Select(s => Dot(r, s)))]);
        var weights = Alone(gramian);
        AssertMinimum(weights, gramian.Times(weights), gramian[0, 0] * 1e-10);
    }

    /// <summary>The weights γ satisfy the conditions of the minimum of ½ γᵀGγ − ½ ν²‖q‖² with ν = max(ρ − aᵀγ, 0), checked with the
    /// explicit vectors.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(3)]
    public void ShortestCombinationThatMakesWay(double target)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            double[] draw() => [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() - 0.4)];
            var (q, rows) = (draw(), Enumerable.Range(0, 5).Select(_ => draw()).ToArray());
            var square = Dot(q, q);
            double[] slopes = [.. rows.Select(r => Dot(r, q) / square)];
            var weights = UpperLevel.UpperWeights(new([.. rows.SelectMany(r => rows.Select(s => Dot(r, s)))]), slopes, square, target);
            var nu = Math.Max(target - Dot(slopes, weights), 0);
            var direction = Sum([1, nu], [Sum(weights, rows), q]);
            AssertMinimum(weights, [.. rows.Select(r => Dot(r, direction))], 1e-10);
            Assert.True(Dot(q, direction) >= (target * square) - 1e-12);
        }
    }

    [Fact]
    public void OneDimensionalHyperGradient()
    {
        // For L = ½(θ − c)² and U = ½(θ − u)² the gradient is ∂U(θ′)/∂λ = −η (θ − ηλ(θ − c) − u)(θ − c).
        var problem = new QuadraticLevels([3], [new([1], [1])], [new([-2], [1])]);
        Assert.Equal(-0.1 * (3 - (0.1 * 0.7 * 2) + 2) * 2, HyperGradients.Of(problem, [0.7], 0.1)[0][0], 1e-14);
    }

    [Fact]
    public void HyperGradientsAgreeWithFiniteDifferences()
    {
        var problem = Draw(1, 4);
        double[] weights = [0.3, -0.2, 0.5, 0.9];
        var rows = HyperGradients.Of(problem, weights, 0.2);
        for (var t = 0; t < 4; t++)
        {
            double[] moved(double by) => problem.UpperLossesAfter([.. weights.Select((w, s) => s == t ? w + by : w)], 0.2);
            Near([.. moved(1e-4).Zip(moved(-1e-4), (a, b) => (a - b) / 2e-4)], [.. rows.Select(r => r[t])], 1e-9);
        }
    }

    [Fact]
    public void HyperGradientsThroughASoftmaxAgreeWithFiniteDifferences()
    {
        var problem = Draw(2, 3);
        double[] logits = [0.4, -1, 0.2];
        var weights = Softmax(logits);
        var rows = HyperGradients.Of(problem, weights, 0.2).Select(r => HyperGradients.ThroughSoftmax(r, weights)).ToArray();
        for (var t = 0; t < 3; t++)
        {
            double[] moved(double by) => problem.UpperLossesAfter(Softmax([.. logits.Select((w, s) => s == t ? w + by : w)]), 0.2);
            Near([.. moved(1e-4).Zip(moved(-1e-4), (a, b) => (a - b) / 2e-4)], [.. rows.Select(r => r[t])], 1e-8);
        }
    }

    internal static double[] Softmax(double[] logits)
    {
        double[] e = [.. logits.Select(Math.Exp)];
        return [.. e.Select(v => v / e.Sum())];
    }

    private static void AssertMinimum(double[] weights, double[] derivatives, double tolerance)
    {
        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.All(weights, w => Assert.InRange(w, 0, 1));
        var level = Dot(weights, derivatives);
        Assert.All(derivatives, d => Assert.True(d >= level - tolerance));
        Assert.All(weights.Zip(derivatives), x => Assert.True(x.First == 0 || x.Second <= level + tolerance));
    }

    /// <summary>The weights of the shortest combination, without a constraint.</summary>
    private static double[] Alone(Gramian gramian) => UpperLevel.UpperWeights(gramian, new double[gramian.Count], 0, 0);
}
