using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>The weights w give the shortest combination if and only if no (Gw)_i is below wᵀGw.</summary>
public sealed class MinimumNormTests
{
    public static TheoryData<string, int> Cases => SolverCases.Hardest;

    [Theory]
    [MemberData(nameof(Cases))]
    public void ItsCertificateHoldsAtAllScales(string kind, int tasks)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            foreach (var scale in Gradients.Scales)
            {
                var g = Gradients.Gramian(Gradients.Times(Gradients.Of(kind, tasks, seed), scale));
                AssertOptimal(g, MinimumNorm.Solve(g));
            }
        }
    }

    /// <summary>The condition holds if the gradients of one problem have very different scales.</summary>
    [Fact]
    public void ItsCertificateHoldsForMixedScales()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var j = Gradients.Of("conflicting", 6, seed);
            var g = Gradients.Gramian([.. j.Select((row, t) => row.Select(v => v * Gradients.Scales[t]).ToArray())]);
            AssertOptimal(g, MinimumNorm.Solve(g));
        }
    }

    [Fact]
    public void TwoTasksHaveAClosedForm()
    {
        var w = MinimumNorm.Solve(Gradients.Gramian(Gradients.J2));
        Assert.Equal(0.6, w[0], 1e-15);
        Assert.Equal(0.4, w[1], 1e-15);
    }

    /// <summary>The closed form for two gradients agrees with the general solver, which is given a third gradient too long to get a
    /// weight.</summary>
    [Fact]
    public void TheClosedFormAgreesWithTheGeneralWay()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var pair = Gradients.Of("free", 2, seed);
            double[][] three = [.. pair, [.. pair[0].Zip(pair[1], (a, b) => 50 * (a + b))]];
            var (two, all) = (MinimumNorm.Solve(Gradients.Gramian(pair)), MinimumNorm.Solve(Gradients.Gramian(three)));
            if (Vectors.Dot(pair[0], pair[1]) < 0)
            {
                continue;
            }

            Assert.Equal(two[0], all[0], 1e-10);
            Assert.Equal(two[1], all[1], 1e-10);
        }
    }

    [Fact]
    public void AGradientOfZeroIsTheLeast() => Assert.Equal([0, 1.0, 0], MinimumNorm.Solve(new([4.0, 0, 1, 0, 0, 0, 1, 0, 9])));

    internal static void AssertOptimal(Gramian g, double[] w)
    {
        Assert.All(w, value => Assert.InRange(value, 0, 1));
        Assert.Equal(1, w.Sum(), 1e-12);
        var (products, size) = (g.Times(w), Gradients.Size(g, w));
        var square = Vectors.Dot(w, products);
        for (var i = 0; i < g.Count; i++)
        {
            Assert.True(
                (square - products[i]) / g.Norm(i) / size <= 1e-9, FormattableString.Invariant($"task {i}: {products[i]} below {square}"));
        }
    }
}
