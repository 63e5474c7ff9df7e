using UAmtfl.LinearModels.Numerics;
using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>Certificates of the weightings' problems for gradients that are opposite, duplicated, nearly so, or of scales 14 decades apart. Those of CAGrad are in <see cref="ConflictAverseTests"/>.</summary>
public sealed class DegenerateTests
{
    private static readonly double[] Alphas = [0.05, 0.1, 0.5, 1, 2, 10, 100], OfFarNorms = [1];

    public static TheoryData<string, int> Cases => SolverCases.Degenerate;

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheLeastNormIsCertified(string kind, int tasks) => Each(kind, tasks, g => MinimumNormTests.AssertOptimal(g, MinimumNorm.Solve(g)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheProjectionIsCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        double[] lower = [.. Enumerable.Range(0, tasks).Select(t => (t + 1.0) / tasks)];
        ConeProjectionTests.AssertOptimal(g, lower, ConeProjection.Solve(g, lower));
    });

    /// <summary>Each projection by itself, and their sum, in what every gradient gets of it.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheSumOfProjectionsIsCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        var sum = new double[tasks];
        for (var k = 0; k < tasks; k++)
        {
            var single = new double[tasks];
            single[k] = 1.0 / tasks;
            var v = ConeProjection.Solve(g, single);
            ConeProjectionTests.AssertOptimal(g, single, v);
            Vectors.AddScaled(sum, 1, v);
        }

        var together = new UpGrad(tasks).Weights(g, new double[tasks]);
        var (size, difference) = (Gradients.Size(g, sum), g.Times([.. sum.Zip(together, (a, b) => a - b)]));
        for (var i = 0; i < tasks; i++)
        {
            Assert.InRange(difference[i] / g.Norm(i) / size, -1e-9, 1e-9);
        }
    });

    /// <summary>Where a direction suits all by more than rounding, (Gw)_i w_i^(1/α) = 1; elsewhere, and for α or norms that are too extreme, the weights are finite.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheFairWeightsAreCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        var common = Common(g);
        foreach (var alpha in Alphas)
        {
            var w = PositiveRoot.Solve(g, alpha);
            Assert.All(w, value => Assert.True(double.IsFinite(value) && value > 0));
            if (common < 1e-3 || alpha > 10 || (kind.StartsWith("14", StringComparison.Ordinal) && !OfFarNorms.Contains(alpha))) continue;
            var products = g.Times(w);
            for (var i = 0; i < tasks; i++)
            {
                var (wanted, size) = (Math.Pow(w[i], -1 / alpha), Enumerable.Range(0, tasks).Sum(j => Math.Abs(g[i, j]) * w[j]));
                Assert.InRange(products[i] - wanted, -(1.01e-9 * wanted) - (1e-14 * tasks * size), (1.01e-9 * wanted) + (1e-14 * tasks * size));
            }
        }
    });

    /// <summary>Cy and 1 differ only where C has no direction: the residual is orthogonal to all axes that are not rounding.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualProjectionsAreCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        var rows = new UnitRows(g);
        var y = ImtlG.EqualProjections(rows);
        var eigen = SymmetricEigen.Of(rows.Cosines, tasks);
        double[] left = [.. Enumerable.Range(0, tasks).Select(i => 1 - Vectors.Dot(rows.Row(i), y))];
        for (var k = 0; k < eigen.Rank; k++)
        {
            Assert.InRange(Vectors.Dot(eigen.Axes[k], left) / Math.Max(1, Vectors.LargestSize(y)), -1e-9, 1e-9);
        }
    });

    /// <summary>Aligned gradients are orthogonal, of one length: ‖Jᵀw‖² is that length squared, times what the preference has along the components.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void AlignedComponentsAreCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        var w = new AlignedMtl(tasks, AlignedScale.Minimum, mean: false).Weights(g, new double[tasks]);
        var eigen = SymmetricEigen.Of(g.Values, tasks);
        var along = eigen.Axes.Take(eigen.Rank).Sum(axis => Math.Pow(axis.Sum(), 2));
        Assert.Equal(1, Vectors.Dot(w, g.Times(w)) / (eigen.Values[eigen.Rank - 1] * along), 1e-3);
    });

    /// <summary>The largest worst cosine that a direction has: the distance of the unit gradients' hull from 0.</summary>
    private static double Common(Gramian g)
    {
        var rows = new UnitRows(g);
        var cosines = new Gramian(rows.Cosines);
        var w = MinimumNorm.Solve(cosines);
        return Math.Sqrt(Math.Max(0, Vectors.Dot(w, cosines.Times(w))));
    }

    private static void Each(string kind, int tasks, Action<Gramian> check)
    {
        for (var seed = 0; seed < SolverCases.Seeds; seed++)
        {
            check(SolverCases.Gramian(kind, tasks, seed));
        }
    }
}
