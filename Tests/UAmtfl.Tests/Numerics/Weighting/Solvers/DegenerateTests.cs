using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.GradientBased;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>Solutions are optimal even for gradients that are opposite, duplicated, nearly so, or of scales 14 decades apart. Those of
/// CAGrad are in <see cref="ConflictAverseTests"/>.</summary>
public sealed class DegenerateTests
{
    private static readonly double[] Alphas = [0.05, 0.1, 0.5, 1, 2, 10, 100];

    public static TheoryData<string, int> Cases => SolverCases.Degenerate;

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheLeastNormIsCertified(string kind, int tasks) =>
        Each(kind, tasks, g => MinimumNormTests.AssertOptimal(g, MinimumNorm.Solve(g)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheProjectionIsCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        double[] lower = [.. Enumerable.Range(0, tasks).Select(t => (t + 1.0) / tasks)];
        ConeProjectionTests.AssertOptimal(g, lower, ConeProjection.Solve(g, lower));
    });

    /// <summary>Each projection of UPGrad is optimal by itself, and their sum has the same inner products with all gradients.</summary>
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

    /// <summary>If a direction improves all tasks by more than rounding, (Gw)_i w_i^(1/α) = 1 within the promised accuracy, and the
    /// solver reports success. Otherwise the weights are finite.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheFairWeightsAreCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        var common = Common(g);
        foreach (var alpha in Alphas)
        {
            var w = PositiveRoot.Solve(g, alpha, out var solved);
            Assert.All(w, value => Assert.True(double.IsFinite(value) && value > 0));
            var promised = alpha == 1 || (alpha <= 10 && !kind.StartsWith("14", StringComparison.Ordinal));
            if (common < 1e-3 || !promised)
            {
                continue;
            }

            Assert.True(solved, FormattableString.Invariant($"not solved for {alpha}"));
            var products = g.Times(w);
            for (var i = 0; i < tasks; i++)
            {
                var (wanted, size) = (Math.Pow(w[i], -1 / alpha), Enumerable.Range(0, tasks).Sum(j => Math.Abs(g[i, j]) * w[j]));
                Assert.InRange(
                    products[i] - wanted, -(1.01e-9 * wanted) - (1e-14 * tasks * size), (1.01e-9 * wanted) + (1e-14 * tasks * size));
            }
        }
    });

    /// <summary>IMTL-G's projections Cy are equal as far as possible: their difference from 1 is orthogonal to all eigenvectors of C with
    /// eigenvalues above rounding.</summary>
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

    /// <summary>ConFIG's direction d = Jᵀw has equal cosines with all gradients, as far as possible: its projections u on the unit
    /// gradients are a multiple of the vector nearest to ones that C reaches. Its length is that of the gradients' projections on it:
    /// ‖d‖² = Σ_t g_t·d.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void EqualCosinesAreCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        // For gradients that are opposite up to 10⁻⁸ the equal cosine is itself as small as rounding, so that only finite weights are
        // promised.
        var w = new ConFig(tasks).Weights(g, new double[tasks]);
        Assert.All(w, value => Assert.True(double.IsFinite(value)));
        if (kind == "nearly opposite by 1e-8")
        {
            return;
        }

        var rows = new UnitRows(g);
        double[] y = [.. w.Select((value, i) => value * rows.Norms[i])];
        if (y.All(value => value == 0))
        {
            return;
        }

        double[] u = [.. Enumerable.Range(0, tasks).Select(i => Vectors.Dot(rows.Row(i), y))];
        var eigen = SymmetricEigen.Of(rows.Cosines, tasks);
        double[] alongs = [.. eigen.Axes.Take(eigen.Rank).Select(axis => axis.Sum())];
        var c = eigen.Axes.Take(eigen.Rank).Select((axis, k) => Vectors.Dot(axis, u) * alongs[k]).Sum() / alongs.Sum(a => a * a);
        var size = Vectors.LargestSize(y);
        for (var k = 0; k < eigen.Rank; k++)
        {
            Assert.InRange((Vectors.Dot(eigen.Axes[k], u) - (c * alongs[k])) / size, -1e-9, 1e-9);
        }

        // Where projections are 0 rounding remains, which is relative to the norms and weights in the sum.
        var terms = Enumerable.Range(0, tasks)
            .Sum(i => (rows.Norms[i] + Math.Abs(y[i])) * Enumerable.Range(0, tasks).Sum(j => Math.Abs(rows.Row(i)[j] * y[j])));
        Assert.InRange((Vectors.Dot(y, u) - Vectors.Dot(rows.Norms, u)) / terms, -1e-9, 1e-9);
    });

    /// <summary>Aligned-MTL's weights are w = σ V Λ^(−1/2) Vᵀ1, checked along each eigenvector of G. The length satisfies ‖Jᵀw‖² = σ² Σ_k
    /// (v_kᵀ1)² over the kept components, with as many digits as the smallest component has beside the largest.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void AlignedComponentsAreCertified(string kind, int tasks) => Each(kind, tasks, g =>
    {
        var w = new AlignedMtl(tasks, AlignedScale.Minimum, mean: false).Weights(g, new double[tasks]);
        var eigen = SymmetricEigen.Of(g.Values, tasks);
        var (largest, smallest, along) = (eigen.Values[0], eigen.Values[eigen.Rank - 1], 0.0);
        for (var k = 0; k < tasks; k++)
        {
            var (axis, kept) = (eigen.Axes[k], k < eigen.Rank);
            var image = g.Times(axis);
            Assert.All(
                image.Select((value, i) => (value - (eigen.Values[k] * axis[i])) / largest),
                error => Assert.InRange(error, -1e-14 * tasks, 1e-14 * tasks));
            Assert.All(Enumerable.Range(0, k + 1), l => Assert.Equal(l == k ? 1 : 0, Vectors.Dot(axis, eigen.Axes[l]), 1e-13 * tasks));
            Assert.Equal(kept ? Math.Sqrt(smallest / eigen.Values[k]) * axis.Sum() : 0, Vectors.Dot(axis, w), 1e-12 * tasks);
            along += kept ? Math.Pow(axis.Sum(), 2) : 0;
        }

        Assert.Equal(along, Vectors.Dot(w, g.Times(w)) / smallest, 1e-14 * tasks * tasks * largest / smallest);
    });

    /// <summary>The largest cosine that a direction can have with all gradients at once, which is the distance from 0 to the convex hull
    /// of the unit gradients.</summary>
    private static double Common(Gramian g)
    {
        var rows = new UnitRows(g);
        var cosines = new Gramian(rows.Cosines);
        var w = MinimumNorm.Solve(cosines);
        return Math.Sqrt(Math.Max(0, Vectors.Dot(w, cosines.Times(w))));
    }

    private static void Each(string kind, int tasks, Action<Gramian> check)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            check(SolverCases.Gramian(kind, tasks, seed));
        }
    }
}
