using UAmtfl.Penalties;
using static TorchSharp.torch;
using static UAmtfl.Tests.Numerics.Penalties.Catalogue;

namespace UAmtfl.Tests.Numerics.Penalties;

/// <summary>Gradients of penalties, and identities of the smooth ones.</summary>
public sealed class SmoothPenaltyTests
{
    public static TheoryData<string> Single => Catalogue.Single;

    /// <summary>Where a penalty is differentiable, its subgradient equals the gradient from differentiating its value.</summary>
    [Theory]
    [MemberData(nameof(Single))]
    public void GradientsAgreeWithDifferentiation(string name)
    {
        using var scope = NewDisposeScope();
        var penalty = Of(name, 0.8);
        var weights = Gaussian(1, 5, 7).requires_grad_(true);
        var gradient = autograd.grad([penalty.Value(weights)], [weights])[0];
        Near(gradient, penalty.NearestSubgradient(weights.detach(), Gaussian(2, 5, 7)), 1e-12);
    }

    /// <summary>Penalties have the gradient zero at zero weights, because the heads of a network may start there.</summary>
    [Fact]
    public void GradientsAtZeroAreZero()
    {
        using var scope = NewDisposeScope();
        var weights = zeros(3, 4, dtype: ScalarType.Float64).requires_grad_(true);
        foreach (var norm in Enum.GetValues<GroupNorm>())
        {
            Assert.Equal(new double[12], autograd.grad([Penalty.GroupLasso(weights, 0.3, norm)], [weights])[0].Numbers());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(4)]
    public void MeanConstraintInTwoWays(double lambda)
    {
        using var scope = NewDisposeScope();
        var weights = Gaussian(3, 5, 7);
        var mean = weights.mean([0L]).square().sum().Number();
        var square = weights.square().sum().Number();
        Assert.Equal(
            0.7 * (((1 - lambda) * mean) + (lambda / 5 * square)), new MeanConstraint(0.7, lambda).Value(weights).Number(), 1e-12);
    }

    [Fact]
    public void MeanConstraintWithLambdaOneIsRidge()
    {
        using var scope = NewDisposeScope();
        var weights = Gaussian(4, 5, 7);
        var (mean, ridge) = (new MeanConstraint(0.7, 1), new RidgePenalty(0.7 / 5));
        Assert.Equal(ridge.Value(weights).Number(), mean.Value(weights).Number(), 1e-13);
        Near(ridge.Gradient(weights), mean.Gradient(weights), 1e-13);
        Near(ridge.Proximal(weights, 0.6), mean.Proximal(weights, 0.6), 1e-13);
    }

    /// <summary>The matrix that couples the tasks, M = (1 − λ)/T² · 11ᵀ + λ/T · I, has the eigenvalue 1/T once and λ/T T − 1
    /// times.</summary>
    [Fact]
    public void MeanConstraintHasTwoEigenvalues()
    {
        using var scope = NewDisposeScope();
        var coupling = new MeanConstraint(1, 0.3).Gradient(eye(5, dtype: ScalarType.Float64)) / 2;
        Near(tensor(new[] { 0.06, 0.06, 0.06, 0.06, 0.2 }), linalg.eigvalsh(coupling), 1e-14);
    }

    /// <summary>The result P solves (I + 2sΩ″)P = W; the test solves it by elimination.</summary>
    [Fact]
    public void ProximalOperatorOfAGraphSolvesItsEquations()
    {
        using var scope = NewDisposeScope();
        var (weights, r) = (Gaussian(5, 5, 7), TaskGraph.Edges(5, [(0, 1, 1), (1, 2, 0.5), (0, 4, 2)]));
        var matrix = eye(5, dtype: ScalarType.Float64) + (2 * 0.6 * 0.9 * r.matmul(r.t()));
        Near(linalg.solve(matrix, weights), new GraphSmoothness(0.9, r).Proximal(weights, 0.6), 1e-13);
    }

    /// <summary>A graph that compares tasks with their mean equals the part of a mean constraint that penalises deviations from the
    /// mean.</summary>
    [Fact]
    public void GraphOfTheMeanIsTheDeviationOfAMeanConstraint()
    {
        using var scope = NewDisposeScope();
        var weights = Gaussian(6, 5, 7);
        var mean = weights.mean([0L]).square().sum().Number();
        Assert.Equal(
            new MeanConstraint(5, 0.4).Value(weights).Number() - (5 * mean),
            new GraphSmoothness(0.4, TaskGraph.Mean(5)).Value(weights).Number(),
            1e-12);
    }

    [Fact]
    public void AGraphOutlivesItsScopeAndFollowsTheType()
    {
        GraphSmoothness graph;
        using (NewDisposeScope())
        {
            graph = new GraphSmoothness(1, TaskGraph.Chain(3));
            graph.Value(Gaussian(7, 3, 2).to(ScalarType.Float32));
        }

        using var scope = NewDisposeScope();
        var weights = tensor(new[,] { { 1.0 }, { 3 }, { 7 } });
        Assert.Equal(4 + 16, graph.Value(weights).Number());
        Assert.Equal(4 + 16, graph.Value(weights.to(ScalarType.Float32)).Number());
        Assert.Equal([-4.0, -4, 8], graph.Gradient(weights).Numbers());
    }

    [Fact]
    public void WhatMakesNoSenseIsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            "A penalty's strength is -1: give a finite number, at least 0.",
            Assert.Throws<UAmtflException>(() => new L1Penalty(-1)).Message);
        Assert.Throws<UAmtflException>(() => new TraceNorm(double.NaN));
        Assert.Throws<UAmtflException>(() => new GroupLasso(double.PositiveInfinity));
        Assert.Throws<UAmtflException>(() => new MeanConstraint(1, -0.1));
        Assert.Throws<UAmtflException>(() => new StructuredPenalty([]));
        Assert.StartsWith(
            "Edge 1 of the task graph is (0, 3)",
            Assert.Throws<UAmtflException>(() => TaskGraph.Edges(3, [(0, 1, 1), (0, 3, 1)])).Message);
        Assert.StartsWith(
            "The weights have 4 tasks and the task graph 3",
            Assert.Throws<UAmtflException>(() => new GraphSmoothness(1, TaskGraph.Chain(3)).Value(Gaussian(1, 4, 2))).Message);
    }
}
