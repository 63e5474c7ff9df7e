using UAmtfl.Numerics;
using UAmtfl.Weighting;
using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

/// <summary>The solution v is the projection if and only if v ≥ u, Gv ≥ 0, and (Gv)_i = 0 wherever v_i &gt; u_i.</summary>
public sealed class ConeProjectionTests
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
                double[] lower = [.. Enumerable.Range(0, tasks).Select(t => (t + 1.0) / tasks)];
                AssertOptimal(g, lower, ConeProjection.Solve(g, lower));
            }
        }
    }

    /// <summary>The conditions hold if u has negative entries and if gradients have very different scales.</summary>
    [Fact]
    public void ItsCertificateHoldsForMixedScalesAndSigns()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var j = Gradients.Of("conflicting", 6, seed);
            var g = Gradients.Gramian([.. j.Select((row, t) => row.Select(v => v * Gradients.Scales[t]).ToArray())]);
            double[] lower = [.. Gradients.Scales.Select((scale, t) => (t % 3 - 1) / scale)];
            AssertOptimal(g, lower, ConeProjection.Solve(g, lower));
        }
    }

    /// <summary>Solving n problems at once equals solving them one by one. Directions are compared because v need not be
    /// unique.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheSumOfEachIsTheSumOfSingleProjections(string kind, int tasks)
    {
        for (var seed = 0; seed < 2; seed++)
        {
            var j = Gradients.Of(kind, tasks, seed);
            var g = Gradients.Gramian(j);
            double[] lower = [.. Enumerable.Range(0, tasks).Select(t => 1.0 + t)];
            var sum = new double[tasks];
            for (var k = 0; k < tasks; k++)
            {
                var single = new double[tasks];
                single[k] = lower[k];
                Vectors.AddScaled(sum, 1, ConeProjection.Solve(g, single));
            }

            var together = ConeProjection.SumOfEach(g, lower);
            var difference = Gradients.Direction(j, [.. sum.Zip(together, (a, b) => a - b)]);
            Assert.InRange(Gradients.Norm(difference) / Gradients.Size(g, sum), 0, 1e-9);
        }
    }

    /// <summary>Other directions in the cone, which are projections of other vectors, are not nearer to Jᵀu.</summary>
    [Fact]
    public void NoDirectionOfTheConeIsNearer()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var j = Gradients.Of("conflicting", 4, seed);
            var g = Gradients.Gramian(j);
            double[] lower = [1, 1, 1, 1];
            var (target, near) = (Gradients.Direction(j, lower), Gradients.Direction(j, ConeProjection.Solve(g, lower)));
            var distance = Gradients.Norm([.. target.Zip(near, (a, b) => a - b)]);
            for (var other = 0; other < 20; other++)
            {
                double[] u = [.. new Gradients.Normals((100 * seed) + other).Rows(1, 4)[0]];
                var inCone = Gradients.Direction(j, ConeProjection.Solve(g, u));
                Assert.True(Gradients.Norm([.. target.Zip(inCone, (a, b) => a - b)]) >= distance - 1e-9);
            }
        }
    }

    [Fact]
    public void WithoutConflictNothingChanges() => Assert.Equal([0.5, 0.25], ConeProjection.Solve(new([2.0, 1, 1, 3]), [0.5, 0.25]));

    [Fact]
    public void ItRefusesAVectorOfAnotherLength() => Assert.Throws<ArgumentException>(() => ConeProjection.Solve(new([1.0]), [1, 2]));

    internal static void AssertOptimal(Gramian g, double[] lower, double[] v)
    {
        var (products, size) = (g.Times(v), Gradients.Size(g, v));
        for (var i = 0; i < g.Count; i++)
        {
            Assert.True(v[i] >= lower[i]);
            var relative = products[i] / g.Norm(i) / size;
            Assert.True(relative >= -1e-9, FormattableString.Invariant($"task {i} conflicts by {relative}"));
            if (v[i] > lower[i])
            {
                Assert.True(
                    (v[i] - lower[i]) * g.Norm(i) / size * relative <= 1e-9,
                    FormattableString.Invariant($"task {i} is pushed by {relative} too much"));
            }
        }
    }
}
