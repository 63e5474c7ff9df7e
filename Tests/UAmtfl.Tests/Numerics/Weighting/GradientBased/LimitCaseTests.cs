using TorchSharp;
using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

/// <summary>Cases in which one weighting equals another, and properties that define a weighting.</summary>
public sealed class LimitCaseTests
{
    private static readonly double[] Ones = [.. Enumerable.Repeat(1.0, 12)];

    public static TheoryData<string> Kinds => new(Gradients.FullRank);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TwoTasksOfPcGradAreUpGradWithASum(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of(kind, 2, seed));
            AssertClose(g, Solve(new UpGrad(2, [1, 1]), g), Solve(new PcGrad(2), g));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NashIsFairWithAlphaOne(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of(kind, 2 + (seed % 5), seed));
            Assert.Equal(Solve(new FairGrad(g.Count, 1), g), Solve(new NashMtl(g.Count, 1, 0), g));
        }
    }

    /// <summary>Nash-MTL's step d has ‖d‖² = T, because each task's share of it is 1. A largest norm shortens the step without changing
    /// its direction.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheNashStepHasTheNormRootT(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of(kind, 5, seed));
            var (w, clipped) = (Solve(new NashMtl(5, 1, 0), g), Solve(new NashMtl(5, 1, 1), g));
            Assert.Equal(5, Vectors.Dot(w, g.Times(w)), 1e-7);
            AssertClose(g, [.. w.Select(value => value / Math.Sqrt(5))], clipped);
        }
    }

    /// <summary>The first step of GradVac equals that of PCGrad, because with targets of 0 a turn is a projection, and both draw the same
    /// order.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheFirstStepOfGradVacIsPcGrad(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of(kind, 6, seed));
            torch.manual_seed(seed);
            var surgery = Solve(new PcGrad(6), g);
            torch.manual_seed(seed);
            AssertClose(g, surgery, Solve(new GradVac(6, beta: 0), g));
        }
    }

    [Fact]
    public void CrMogmWithoutMomentumIsTheInnerWeighting()
    {
        var (inner, mean) = (new UpGrad(4), new CrMogm(new UpGrad(4), 0));
        for (var step = 0; step < 5; step++)
        {
            var g = Gradients.Gramian(Gradients.Of("conflicting", 4, step));
            Assert.Equal(Solve(inner, g), Solve(mean, g));
        }
    }

    [Fact]
    public void CrMogmIsTheRunningMean()
    {
        var (inner, mean) = (new UpGrad(4), new CrMogm(new UpGrad(4), 0.75));
        double[] expected = [];
        for (var step = 0; step < 5; step++)
        {
            var g = Gradients.Gramian(Gradients.Of("conflicting", 4, step));
            var w = Solve(inner, g);
            expected = step == 0 ? w : [.. expected.Zip(w, (old, now) => (0.75 * old) + (0.25 * now))];
            Assert.Equal(expected, Solve(mean, g));
        }
    }

    [Fact]
    public void CaGradWithoutARadiusIsTheMean() =>
        Assert.Equal([0.5, 0.5], Solve(new CaGrad(2, 0, rescale: true), Gradients.Gramian(Gradients.J2)));

    /// <summary>CAGrad's direction lies on the sphere around the mean gradient g₀, and improves the worst task more than g₀ and than
    /// other directions in the ball.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void CaGradImprovesTheWorstTaskMost(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var j = Gradients.Of(kind, 4, seed);
            var g = Gradients.Gramian(j);
            double[] mean = [0.25, 0.25, 0.25, 0.25];
            var (w, center) = (Solve(new CaGrad(4, 0.5, rescale: false), g), Gradients.Direction(j, mean));
            double[] away = [.. Gradients.Direction(j, w).Zip(center, (a, b) => a - b)];
            var radius = 0.5 * Gradients.Norm(center);
            Assert.Equal(1, Gradients.Norm(away) / radius, 1e-6);
            var worst = g.Times(w).Min();
            for (var other = 0; other < 30; other++)
            {
                var offset = new Gradients.Normals((100 * seed) + other).Rows(1, center.Length)[0];
                double[] direction = [.. center.Select((v, p) => v + (radius / Gradients.Norm(offset) * offset[p]))];
                Assert.True(j.Min(row => Vectors.Dot(row, direction)) <= worst + (1e-9 * Gradients.Size(g, w)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ImtlGHasEqualProjections(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of(kind, 5, seed));
            var w = Solve(new ImtlG(5), g);
            Assert.Equal(1, Math.Abs(w.Sum()), 1e-9);
            double[] projections = [.. g.Times(w).Select((product, i) => product / g.Norm(i))];
            Assert.All(projections, p => Assert.InRange(p, 0, double.PositiveInfinity));
            Assert.InRange((projections.Max() - projections.Min()) / Gradients.Size(g, w), 0, 1e-9);
        }
    }

    /// <summary>IMTL-G is the mean for equal gradients, whose matrix of inner products has no inverse.</summary>
    [Fact]
    public void ImtlGOfEqualGradientsIsTheMean() => AssertClose(new([4.0, 4, 4, 4]), [0.5, 0.5], Solve(new ImtlG(2), new([4.0, 4, 4, 4])));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ConFigHasEqualCosinesAndTheSumOfProjections(string kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var g = Gradients.Gramian(Gradients.Of(kind, 5, seed));
            var w = Solve(new ConFig(5), g);
            var products = g.Times(w);
            var norm = Math.Sqrt(Vectors.Dot(w, products));
            double[] cosines = [.. products.Select((product, i) => product / g.Norm(i) / norm)];
            Assert.InRange(cosines.Max() - cosines.Min(), 0, 1e-9 * Gradients.Size(g, w) / norm);
            Assert.Equal(1, products.Sum() / norm / norm, 1e-9);
        }
    }

    /// <summary>With w = B1 the aligned gradients are the rows of BJ, and all their singular values are σ.</summary>
    [Theory]
    [InlineData(AlignedScale.Minimum)]
    [InlineData(AlignedScale.Median)]
    [InlineData(AlignedScale.Rmse)]
    public void AlignedGradientsHaveTheConditionNumberOne(AlignedScale scale)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var j = Gradients.Of("unequal norms", 4, seed);
            var g = Gradients.Gramian(j);
            var eigen = SymmetricEigen.Of(g.Values, 4);
            var square = scale switch
            {
                AlignedScale.Minimum => eigen.Values[3],
                AlignedScale.Median => eigen.Values[2],
                _ => eigen.Values.Average(),
            };
            // B itself is not available, but wᵀGw = pᵀBGBp = σ²‖p‖² for p = 1, because B is symmetric.
            var w = Solve(new AlignedMtl(4, scale, mean: false), g);
            Assert.Equal(4, Vectors.Dot(w, g.Times(w)) / square, 1e-7);
            var aligned = eigen.Apply(value => value * square / value, w);
            AssertClose(g, [.. w.Select(value => value * square)], aligned);
        }
    }

    [Theory]
    [InlineData(MgdaNormalisation.Loss)]
    [InlineData(MgdaNormalisation.LossPlus)]
    [InlineData(MgdaNormalisation.L2)]
    public void NormalisedMgdaIsMgdaOfNormalisedGradients(MgdaNormalisation normalisation)
    {
        var j = Gradients.Of("conflicting", 4, 3);
        var g = Gradients.Gramian(j);
        double[] losses = [0.5, 2, 1, 4];
        double[] divisors =
        [
            .. losses.Select((loss, t) =>
                (normalisation == MgdaNormalisation.L2 ? 1 : loss) * (normalisation == MgdaNormalisation.Loss ? 1 : g.Norm(t))),
        ];
        double[][] divided = [.. j.Select((row, t) => row.Select(v => v / divisors[t]).ToArray())];
        var expected = Solve(new Mgda(4, MgdaNormalisation.None), Gradients.Gramian(divided));
        AssertClose(g, [.. expected.Select((a, t) => a / divisors[t])], new Mgda(4, normalisation).Balance(g.Values.ToArray(), losses));
    }

    /// <summary>Krum never selects a gradient that lies far from all others, and steps along the mean of the others.</summary>
    [Fact]
    public void KrumLeavesTheOutlierOut()
    {
        double[][] j = [[1, 0], [1.1, 0], [-100, 50], [1, 0.1], [0.9, 0.1]];
        var one = Solve(new Krum(5, byzantine: 1, selected: 1), Gradients.Gramian(j));
        Assert.Equal([1.0, 0, 0, 0], one.Where((_, t) => t != 2).OrderDescending());
        Assert.Equal([0.25, 0.25, 0, 0.25, 0.25], Solve(new Krum(5, 1, 4), Gradients.Gramian(j)));
    }

    private static double[] Solve(GramianWeighting weighting, Gramian g) => weighting.Balance(g.Values.ToArray(), Ones[..g.Count]);

    private static void AssertClose(Gramian g, double[] expected, double[] actual)
    {
        var size = Math.Max(Gradients.Size(g, expected), Gradients.Size(g, actual));
        for (var i = 0; i < g.Count; i++)
        {
            Assert.InRange(Math.Abs(expected[i] - actual[i]) * g.Norm(i) / size, 0, 1e-9);
        }
    }
}
