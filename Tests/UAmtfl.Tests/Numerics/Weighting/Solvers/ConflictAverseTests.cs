using UAmtfl.LinearModels.Numerics;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>F(w) = g_wᵀg₀ + c‖g₀‖‖g_w‖ is convex, so w is its minimiser on the simplex exactly if ∇F·w is not above the least of ∇F.</summary>
public sealed class ConflictAverseTests
{
    public static TheoryData<string, int> Cases => SolverCases.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheGapIsClosedAtAllScales(string kind, int tasks)
    {
        var solved = 0;
        for (var seed = 0; seed < SolverCases.Seeds; seed++)
        {
            foreach (var scale in Gradients.Scales)
            {
                var g = Gradients.Gramian(Gradients.Times(Gradients.Of(kind, tasks, seed), scale));
                foreach (var c in new[] { 0.1, 0.5, 0.9 })
                {
                    if (ConflictAverse.Solve(g, c) is not var (w, mu)) continue;
                    solved++;
                    double[] uniform = [.. Enumerable.Repeat(1.0 / tasks, tasks)];
                    var (toMean, toW) = (g.Times(uniform), g.Times(w));
                    var (mean, norm) = (Math.Sqrt(Vectors.Dot(uniform, toMean)), Math.Sqrt(Math.Max(0, Vectors.Dot(w, toW))));
                    Assert.Equal(mu, norm / (c * mean), 1e-6 * mu);
                    double[] slopes = [.. toMean.Select((a, i) => a + (c * mean / norm * toW[i]))];
                    var largest = Enumerable.Range(0, tasks).Max(g.Norm);
                    Assert.InRange((Vectors.Dot(slopes, w) - slopes.Min()) / largest / mean, double.NegativeInfinity, 1e-9);
                }
            }
        }

        Assert.True(solved > 0 || kind is "zero sum" or "opposite", "no problem had a solution");
    }

    /// <summary>The mean gradient of tasks in balance is 0, and so is every direction within c times its norm.</summary>
    [Fact]
    public void ABalanceHasNone() => Assert.Null(ConflictAverse.Solve(Gradients.Gramian(Gradients.Of("zero sum", 4, 1)), 0.5));
}
