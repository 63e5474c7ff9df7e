using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>Weightings that compare the gradients of two further batches.</summary>
public sealed class CrossWeightingTests
{
    public static TheoryData<string> Kinds => new(Gradients.Kinds);

    /// <summary>Many small steps on the same gradients come to the shortest combination, if there is no noise and no
    /// regularisation.</summary>
    [Fact]
    public void ModoFindsTheMinimumNorm()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of("conflicting", 4, seed));
            var doubled = new MoDo(4, 0.02, 0);
            double[] w = [];
            for (var step = 0; step < 20_000; step++)
            {
                w = doubled.Balance(g.Values.ToArray(), [1, 1, 1, 1]);
            }

            var expected = MinimumNorm.Solve(g);
            for (var t = 0; t < 4; t++)
            {
                Assert.Equal(expected[t], w[t], 1e-6);
            }
        }
    }

    /// <summary>At a rate at which it converges, SDMGrad's w minimises ‖Jᵀ(w + λ/T)‖ on the simplex; the weights are the mean of w and
    /// 1/T.</summary>
    [Fact]
    public void SdmGradConvergesAtASmallRate()
    {
        var g = Gradients.Gramian(Gradients.Of("conflicting", 4, 1));
        var w = new SdmGrad(4, 0.3, 0.05, 20_000).Balance(g.Values.ToArray(), [1, 1, 1, 1]);
        Assert.Equal(1, w.Sum(), 1e-12);
        double[] inner = [.. w.Select(value => (1.3 * value) - (0.3 / 4))];
        Assert.All(inner, value => Assert.InRange(value, -1e-12, 1));
        var slopes = g.Times([.. inner.Select(value => value + (0.3 / 4))]);
        for (var t = 0; t < 4; t++)
        {
            if (inner[t] > 1e-6)
            {
                Assert.Equal(slopes.Min(), slopes[t], 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WeightsAreOfTheSimplexAtAllScales(string kind)
    {
        foreach (var scale in Gradients.Scales)
        {
            var (first, second) = (Gradients.Times(Gradients.Of(kind, 5, 1), scale), Gradients.Times(Gradients.Of(kind, 5, 2), scale));
            double[] cross = [.. first.SelectMany(row => second.Select(other => row.Zip(other, (a, b) => a * b).Sum()))];
            foreach (CrossWeighting weighting in new CrossWeighting[] { new MoDo(5, 0.001, 0.1), new SdmGrad(5, 0.3, 5, 20) })
            {
                for (var step = 0; step < 3; step++)
                {
                    var w = weighting.Balance(cross, [1, 1, 1, 1, 1]);
                    Assert.Equal(1, w.Sum(), 1e-9);
                    Assert.All(w, value => Assert.InRange(value, 0, 1 + 1e-12));
                }
            }
        }
    }

    [Fact]
    public void TasksInAnotherOrderHaveTheirWeights()
    {
        int[] order = [2, 0, 3, 1];
        foreach (var create in new Func<CrossWeighting>[] { () => new MoDo(4, 0.01, 0.1), () => new SdmGrad(4, 0.3, 0.5, 10) })
        {
            var (plain, other) = (create(), create());
            for (var step = 0; step < 3; step++)
            {
                double[] cross =
                [
                    .. Gradients.Of("free", 4, step)
                        .SelectMany(row => Gradients.Of("conflicting", 4, step).Select(k => row.Zip(k, (a, b) => a * b).Sum())),
                ];
                double[] permuted = [.. order.SelectMany(i => order.Select(j => cross[(i * 4) + j]))];
                var (w, v) = (plain.Balance(cross, [1, 1, 1, 1]), other.Balance(permuted, [1, 1, 1, 1]));
                Assert.All(order.Select((t, i) => (w[t], v[i])), pair => Assert.Equal(pair.Item1, pair.Item2, 1e-12));
            }
        }
    }

    [Fact]
    public void OneTaskAloneIsPlainDescent()
    {
        foreach (CrossWeighting weighting in new CrossWeighting[] { new MoDo(1, 0.01, 0.1), new SdmGrad(1, 0.3, 5, 20) })
        {
            Assert.Equal([1.0], weighting.Balance([7], [1]));
        }
    }

    /// <summary>A weighting that loads a saved state continues with the same bits. A task without a gradient has the mean of the others'
    /// weights.</summary>
    [Fact]
    public void SavedAndLoadedTheyGoOnAsIfTheyHadNotStopped()
    {
        foreach (var create in new Func<CrossWeighting>[] { () => new MoDo(3, 0.01, 0.1), () => new SdmGrad(3, 0.3, 1, 5) })
        {
            var (first, second) = (create(), create());
            for (var step = 0; step < 4; step++)
            {
                var w = first.Balance(Gradients.Gramian(Gradients.Of("free", 3, step)).Values.ToArray(), [1, 0, 1]);
                Assert.Equal((w[0] + w[2]) / 2, w[1], 1e-12);
            }

            second.load_state_dict(first.state_dict());
            for (var step = 4; step < 8; step++)
            {
                var g = Gradients.Gramian(Gradients.Of("free", 3, step)).Values.ToArray();
                Assert.Equal(first.Balance(g, [1, 1, 1]), second.Balance(g, [1, 1, 1]));
            }
        }
    }
}
