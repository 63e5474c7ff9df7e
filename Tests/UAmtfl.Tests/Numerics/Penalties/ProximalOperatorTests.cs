using UAmtfl.Penalties;
using static TorchSharp.torch;
using static UAmtfl.Tests.Numerics.Penalties.Catalogue;

namespace UAmtfl.Tests.Numerics.Penalties;

/// <summary>Properties that define a proximal operator, on random weights of 5 tasks and 7 features.</summary>
public sealed class ProximalOperatorTests
{
    private const int Repeats = 8;

    public static TheoryData<string> Single => Catalogue.Single;

    public static TheoryData<string> Norms => Catalogue.Norms;

    public static TheoryData<string> Symmetric => Catalogue.Symmetric;

    /// <summary>At the result P, ½‖V − W‖² + sΩ(V) is smaller than at any other V by at least ½‖V − P‖², because the function is
    /// 1-strongly convex.</summary>
    [Theory]
    [MemberData(nameof(Single))]
    public void ItMinimises(string name)
    {
        for (var seed = 0; seed < Repeats; seed++)
        {
            using var scope = NewDisposeScope();
            var (penalty, weights, step) = Draw(name, seed);
            var near = penalty.Proximal(weights, step);
            foreach (var size in new[] { 1e-3, 0.1, 1 })
            {
                var other = near + (size * Gaussian(1000 + seed, 5, 7));
                Assert.True(of(other) >= of(near) + (0.5 * (other - near).square().sum().Number()) - 1e-12, $"seed {seed}, size {size}");
            }

            double of(Tensor v) => (0.5 * (v - weights).square().sum()).Number() + (step * penalty.Value(v).Number());
        }
    }

    /// <summary>(W − P)/s is a subgradient at the result P, so that the optimality gap is zero there. At a point beside P the gap is
    /// positive.</summary>
    [Theory]
    [MemberData(nameof(Single))]
    public void ItsCertificateIsZero(string name)
    {
        for (var seed = 0; seed < Repeats; seed++)
        {
            using var scope = NewDisposeScope();
            var (penalty, weights, step) = Draw(name, seed);
            var near = penalty.Proximal(weights, step);
            Assert.InRange(penalty.OptimalityGap(near, (near - weights) / step), 0, 1e-12);
            var beside = near + (1e-3 * Gaussian(1000 + seed, 5, 7));
            Assert.InRange(penalty.OptimalityGap(beside, (beside - weights) / step), 1e-4, double.PositiveInfinity);
        }
    }

    /// <summary>By Moreau's decomposition W − P is the projection of W on the ball of radius s of the dual norm: it lies in the ball, and
    /// ⟨W − P, P⟩ = sΩ(P).</summary>
    [Theory]
    [MemberData(nameof(Norms))]
    public void TheRestIsTheProjectionOnTheDualBall(string name)
    {
        for (var seed = 0; seed < Repeats; seed++)
        {
            using var scope = NewDisposeScope();
            var (penalty, weights, step) = Draw(name, seed);
            var near = penalty.Proximal(weights, step);
            var rest = weights - near;
            Assert.InRange(Dual(name, rest), 0, (step * 0.9) + 1e-12);
            Assert.Equal(step * penalty.Value(near).Number(), (rest * near).sum().Number(), 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(Single))]
    public void ItIsFirmlyNonExpansive(string name)
    {
        for (var seed = 0; seed < Repeats; seed++)
        {
            using var scope = NewDisposeScope();
            var (penalty, weights, step) = Draw(name, seed);
            var other = Gaussian(500 + seed, 5, 7);
            var change = penalty.Proximal(weights, step) - penalty.Proximal(other, step);
            Assert.True(change.square().sum().Number() <= (change * (weights - other)).sum().Number() + 1e-12);
            Assert.True(change.norm().Number() <= (weights - other).norm().Number() + 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Symmetric))]
    public void TasksAndFeaturesMayBePermuted(string name)
    {
        using var scope = NewDisposeScope();
        var (penalty, weights, step) = Draw(name, 3);
        var (tasks, features) = (tensor(new long[] { 3, 0, 4, 1, 2 }), tensor(new long[] { 6, 2, 0, 5, 1, 3, 4 }));
        var permuted = weights.index_select(0, tasks).index_select(1, features);
        Near(penalty.Proximal(weights, step).index_select(0, tasks).index_select(1, features), penalty.Proximal(permuted, step), 1e-12);
        Assert.Equal(penalty.Value(weights).Number(), penalty.Value(permuted).Number(), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Single))]
    public void SinglePrecisionKeepsItsTypeAndIsNear(string name)
    {
        using var scope = NewDisposeScope();
        var (penalty, weights, step) = Draw(name, 4);
        var single = weights.to(ScalarType.Float32);
        var near = penalty.Proximal(single, step);
        Assert.Equal(ScalarType.Float32, near.dtype);
        Assert.Equal(ScalarType.Float32, penalty.NearestSubgradient(near, single).dtype);
        Near(penalty.Proximal(weights, step), near, 1e-5);
        Assert.InRange(penalty.OptimalityGap(near, (near - single) / step), 0, 1e-5);
        Assert.Equal(penalty.Value(weights).Number(), penalty.Value(single).Number(), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Single))]
    public void StrengthZeroChangesNothingAndZerosStay(string name)
    {
        using var scope = NewDisposeScope();
        var weights = Gaussian(5, 5, 7);
        Near(weights, Of(name, 0).Proximal(weights, 1), 1e-13);
        Assert.Equal(0, Of(name, 0).OptimalityGap(weights, zeros_like(weights)), 1e-13);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var nothing = zeros(5, 7, dtype: type);
            Assert.Equal(new double[35], Of(name, 0.9).Proximal(nothing, 0.5).Numbers());
            Assert.Equal(new double[35], Of(name, 0).Proximal(nothing, 0.5).Numbers());
            Assert.Equal(0, Of(name, 0.9).OptimalityGap(nothing, nothing));
        }
    }

    /// <summary>Zero weights are optimal if and only if the dual norm of the gradient is at most the strength.</summary>
    [Theory]
    [MemberData(nameof(Norms))]
    public void ZeroIsOptimalUpToTheDualNorm(string name)
    {
        using var scope = NewDisposeScope();
        var gradient = Gaussian(6, 5, 7);
        var critical = Dual(name, gradient);
        Assert.Equal(0, Of(name, critical * 1.0001).OptimalityGap(zeros_like(gradient), gradient), 1e-13);
        Assert.InRange(Of(name, critical * 0.999).OptimalityGap(zeros_like(gradient), gradient), 1e-5, double.PositiveInfinity);
        Assert.Equal(0, Of(name, critical * 1.0001).Proximal(gradient, 1).abs().max().Number(), 1e-13);
        Assert.InRange(Of(name, critical * 0.999).Proximal(gradient, 1).abs().max().Number(), 1e-5, double.PositiveInfinity);
    }

    [Fact]
    public void NormOneOfGroupsIsTheLasso()
    {
        using var scope = NewDisposeScope();
        var (weights, target) = (Gaussian(7, 5, 7), Gaussian(8, 5, 7));
        var (lasso, groups) = (new L1Penalty(0.6), new GroupLasso(0.6, GroupNorm.One));
        Assert.Equal(lasso.Value(weights).Number(), groups.Value(weights).Number(), 1e-13);
        Assert.Equal(lasso.Proximal(weights, 1).Numbers(), groups.Proximal(weights, 1).Numbers());
        Assert.Equal(lasso.OptimalityGap(weights, target), groups.OptimalityGap(weights, target));
    }

    [Fact]
    public void ZerosTiesAndRankAreExact()
    {
        using var scope = NewDisposeScope();
        var weights = Gaussian(9, 5, 7);
        var kept = (weights.abs() > 0.7).Numbers();
        Assert.Equal(kept, (new L1Penalty(0.7).Proximal(weights, 1) != 0).Numbers());

        var columns = weights.square().sum(dim: 0).sqrt();
        var strength = (columns.min().Number() + columns.max().Number()) / 2;
        var grouped = new GroupLasso(strength).Proximal(weights, 1);
        Assert.Equal((columns > strength).Numbers(), (grouped != 0).all(0).Numbers());
        Assert.Equal((columns > strength).Numbers(), (grouped != 0).any(0).Numbers());

        // The largest entry of each column is clipped, and in some columns two or more entries are.
        var clipped = new GroupLasso(1.5, GroupNorm.Infinity).Proximal(weights, 1);
        var ties = (clipped.abs() == clipped.abs().amax([0L], keepdim: true)).sum(dim: 0).Numbers();
        Assert.Contains(ties, count => count >= 2);

        var sizes = linalg.svdvals(weights).Numbers();
        var low = new TraceNorm((sizes[2] + sizes[3]) / 2).Proximal(weights, 1);
        var left = linalg.svdvals(low).Numbers();
        Assert.Equal(3, left.Count(s => s > 1e-12));
        Assert.Equal(sizes[0] - ((sizes[2] + sizes[3]) / 2), left[0], 1e-12);
    }

    /// <summary>A penalty of strength 0.9, with random weights and a step size.</summary>
    private static (ProximalPenalty Penalty, Tensor Weights, double Step) Draw(string name, int seed) =>
        (Of(name, 0.9), Gaussian(seed, 5, 7), 0.3 + (0.35 * seed));

    private static double Dual(string name, Tensor matrix) => (name switch
    {
        "l1" or "group-1" => matrix.abs().max(),
        "group-2" => matrix.square().sum(dim: 0).sqrt().max(),
        "group-inf" => matrix.abs().sum(dim: 0).max(),
        "tasks-2" => matrix.square().sum(dim: 1).sqrt().max(),
        "tasks-inf" => matrix.abs().sum(dim: 1).max(),
        _ => linalg.svdvals(matrix).max(),
    }).Number();
}
