using UAmtfl.Weighting.Solvers;

namespace UAmtfl.Tests.Numerics.Weighting.Solvers;

public sealed class SimplexProjectionTests
{
    /// <summary>w is the nearest point of the simplex if and only if (v − w)ᵀ(e_i − w) ≤ 0 for every corner e_i.</summary>
    [Fact]
    public void NoCornerIsOnTheNearerSide()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            foreach (var scale in new[] { 1e-10, 1, 1e10 })
            {
                double[] v = [.. new Gradients.Normals(seed).Rows(1, 1 + (seed % 9))[0].Select(x => scale * x)];
                var w = SimplexProjection.Of(v);
                Assert.Equal(1, w.Sum(), 1e-12);
                Assert.All(w, value => Assert.InRange(value, 0, 1 + 1e-15));
                var along = w.Select((value, i) => (v[i] - value) * value).Sum();
                for (var i = 0; i < v.Length; i++)
                {
                    Assert.InRange((v[i] - w[i] - along) / Math.Max(1, scale), double.NegativeInfinity, 1e-12);
                }
            }
        }
    }

    [Fact]
    public void APointOfTheSimplexStays() => Assert.Equal([0.25, 0, 0.75], SimplexProjection.Of([0.25, 0, 0.75]));

    [Fact]
    public void EqualNumbersStayEqual() => Assert.Equal([0.5, 0.5], SimplexProjection.Of([1e15, 1e15]));
}
