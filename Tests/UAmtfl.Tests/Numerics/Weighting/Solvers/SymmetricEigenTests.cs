using UAmtfl.Numerics;
using UAmtfl.Weighting.Solvers;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

public sealed class SymmetricEigenTests
{
    public static TheoryData<string, int> Cases => SolverCases.All;

    /// <summary>The eigenvectors are orthonormal, A = Σ λ vvᵀ, and the eigenvalues are those of LAPACK.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ItDecomposes(string kind, int tasks)
    {
        for (var seed = 0; seed < SolverCases.Seeds(tasks); seed++)
        {
            using var scope = NewDisposeScope();
            var g = Gradients.Gramian(Gradients.Of(kind, tasks, seed));
            var eigen = SymmetricEigen.Of(g.Values, tasks);
            var expected = linalg.eigvalsh(g.Values.ToArray().ToTensor(tasks, tasks)).ToArray();
            Array.Reverse(expected);
            for (var k = 0; k < tasks; k++)
            {
                Assert.Equal(Math.Max(0, expected[k]), eigen.Values[k], 1e-12 * expected[0]);
                for (var l = 0; l < tasks; l++)
                {
                    Assert.Equal(k == l ? 1 : 0, Vectors.Dot(eigen.Axes[k], eigen.Axes[l]), 1e-12);
                }
            }

            for (var i = 0; i < tasks; i++)
            {
                for (var j = 0; j < tasks; j++)
                {
                    Assert.Equal(
                        g[i, j],
                        Enumerable.Range(0, tasks).Sum(k => eigen.Values[k] * eigen.Axes[k][i] * eigen.Axes[k][j]),
                        1e-12 * expected[0]);
                }
            }
        }
    }

    [Fact]
    public void TheRankLeavesOutWhatIsRounding()
    {
        var j = Gradients.Of("more tasks than parameters", 12, 3);
        Assert.Equal(6, SymmetricEigen.Of(Gradients.Gramian(j).Values, 12).Rank);
    }
}
