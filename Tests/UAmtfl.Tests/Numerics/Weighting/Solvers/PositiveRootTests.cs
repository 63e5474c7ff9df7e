using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>The weights w are the solution of Gw = w^(−1/α) if and only if (Gw)_i w_i^(1/α) = 1 for all i.</summary>
public sealed class PositiveRootTests
{
    public static TheoryData<string, int> Agreeing => SolverCases.Of(Gradients.Agreeing);

    public static TheoryData<string, int> Cases => SolverCases.All;

    [Theory]
    [MemberData(nameof(Agreeing))]
    public void ItSolvesAtAllScales(string kind, int tasks)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            foreach (var scale in Gradients.Scales)
            {
                var g = Gradients.Gramian(Gradients.Times(Gradients.Of(kind, tasks, seed), scale));
                foreach (var alpha in new[] { 0.5, 1, 2, 10 })
                {
                    var w = PositiveRoot.Solve(g, alpha);
                    var products = g.Times(w);
                    for (var i = 0; i < tasks; i++)
                    {
                        Assert.True(w[i] > 0);
                        Assert.Equal(1, products[i] * Math.Pow(w[i], 1 / alpha), 1.01e-9);
                    }
                }
            }
        }
    }

    /// <summary>If no direction improves all tasks, there is no solution. The returned weights are finite, and the step is not longer
    /// than that of T tasks.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ItIsAlwaysFinite(string kind, int tasks)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            foreach (var scale in Gradients.Scales)
            {
                var g = Gradients.Gramian(Gradients.Times(Gradients.Of(kind, tasks, seed), scale));
                foreach (var alpha in new[] { 0.1, 1, 4, 50 })
                {
                    Assert.All(PositiveRoot.Solve(g, alpha), w => Assert.True(double.IsFinite(w) && w > 0));
                }

                var nash = PositiveRoot.Solve(g, 1);
                var size = Gradients.Size(g, nash);
                Assert.InRange(
                    g.Times(nash).Zip(nash, (a, b) => a * b).Sum(), -1e-13 * size * size, (tasks * (1 + 1e-8)) + (1e-13 * size * size));
            }
        }
    }

    [Fact]
    public void OneTaskHasAClosedForm() => Assert.Equal(Math.Pow(9, -2.0 / 3), PositiveRoot.Solve(new([9.0]), 2)[0], 1e-14);

    /// <summary>For two tasks and α = 1 the weights are 1/(‖g_i‖ √(1 + cos)), with which the general solver agrees for α near
    /// 1.</summary>
    [Fact]
    public void TwoTasksHaveAClosedForm()
    {
        var g = Gradients.Gramian(Gradients.J2);
        var (closed, near) = (PositiveRoot.Solve(g, 1), PositiveRoot.Solve(g, 1 + 1e-12));
        Assert.Equal(closed[0], near[0], 1e-10);
        Assert.Equal(closed[1], near[1], 1e-10);
    }
}
