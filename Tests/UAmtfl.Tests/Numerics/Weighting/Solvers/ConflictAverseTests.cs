using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>The solution is optimal because it reaches the dual bound: no direction in the ball is better than F(w) = g_wᵀg₀ + c‖g₀‖‖g_w‖
/// for any w in the simplex.</summary>
public sealed class ConflictAverseTests
{
    public static TheoryData<string, int> Cases => SolverCases.All;

    public static TheoryData<string, int> Degenerate => SolverCases.Degenerate;

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheGapIsClosedAtAllScales(string kind, int tasks)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            foreach (var scale in Gradients.Scales)
            {
                AssertBest(
                    Gradients.Gramian(Gradients.Times(Gradients.Of(kind, tasks, seed), scale)),
                    degenerate: kind is "opposite" or "zero sum" or "one parameter");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void TheGapIsClosedForDegenerateGradients(string kind, int tasks)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            AssertBest(SolverCases.Gramian(kind, tasks, seed), degenerate: true);
        }
    }

    /// <summary>With opposite gradients among others no task loses. The mean gradient changes the third task by −1/3, but (0, 1/3),
    /// within 0.9 ‖g₀‖ of it, gives no task less than 0.</summary>
    [Fact]
    public void OppositeGradientsAmongOthersLoseNothing()
    {
        double[][] j = [[1, 0], [1, 1], [-1, 0]];
        var d = Gradients.Direction(j, ConflictAverse.Solve(Gradients.Gramian(j), 0.9));
        Assert.Equal(0, d[0], 1e-12);
        Assert.Equal(1.0 / 3, d[1], 1e-12);
    }

    /// <summary>If the mean gradient is 0, the ball around it is a point, and the weights are those of the mean.</summary>
    [Fact]
    public void ABalanceHasTheMean() =>
        Assert.Equal([0.25, 0.25, 0.25, 0.25], ConflictAverse.Solve(Gradients.Gramian(Gradients.Of("zero sum", 4, 1)), 0.5));

    /// <summary>Checks the bound relative to the longest gradient times the mean one, or to the square of the longest for degenerate
    /// gradients, whose bound has no more digits.</summary>
    private static void AssertBest(Gramian g, bool degenerate)
    {
        foreach (var c in new[] { 0.1, 0.5, 0.9 })
        {
            var (v, tasks) = (ConflictAverse.Solve(g, c), g.Count);
            double[] uniform = [.. Enumerable.Repeat(1.0 / tasks, tasks)], away = [.. v.Select(value => value - (1.0 / tasks))];
            var (mean, largest, worst) = (
                Math.Sqrt(Math.Max(0, Vectors.Dot(uniform, g.Times(uniform)))), Enumerable.Range(0, tasks).Max(g.Norm), g.Times(v).Min());
            Assert.InRange(
                Vectors.Dot(away, g.Times(away)),
                double.NegativeInfinity,
                (c * c * mean * mean) + (1e-8 * largest * (degenerate ? largest : mean)));
            var bound = Dual(g, MinimumNorm.Solve(g), mean, c);
            if (away.Sum() > 0)
            {
                bound = Math.Min(bound, Dual(g, [.. away.Select(a => a / away.Sum())], mean, c));
            }

            Assert.InRange(
                (bound - worst) / largest / (degenerate ? 10 * largest : Math.Max(mean, 1e-7 * largest)), double.NegativeInfinity, 1e-9);
        }
    }

    private static double Dual(Gramian g, double[] w, double mean, double c)
    {
        var products = g.Times(w);
        return products.Average() + (c * mean * Math.Sqrt(Math.Max(0, Vectors.Dot(w, products))));
    }
}
