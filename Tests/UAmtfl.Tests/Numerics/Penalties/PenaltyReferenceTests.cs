using UAmtfl.Penalties;
using static TorchSharp.torch;
using static UAmtfl.Tests.Numerics.Penalties.Catalogue;

namespace UAmtfl.Tests.Numerics.Penalties;

/// <summary>Values of penalties that were computed by hand or by another program.</summary>
public sealed class PenaltyReferenceTests
{
    /// <summary>The transpose of W = [[1, .5], [0, 2], [1, −1]], whose rows are features.</summary>
    private static Tensor Weights => tensor(new double[,] { { 1, 0, 1 }, { 0.5, 2, -1 } });

    [Theory]
    [InlineData(GroupNorm.One, GroupBy.Feature, 5.5)]
    [InlineData(GroupNorm.Two, GroupBy.Feature, 4.532247551123)]
    [InlineData(GroupNorm.Infinity, GroupBy.Feature, 4.0)]
    [InlineData(GroupNorm.Two, GroupBy.Task, 3.705501409851)]
    [InlineData(GroupNorm.Infinity, GroupBy.Task, 3.0)]
    public void GroupNorms(GroupNorm norm, GroupBy by, double expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected, new GroupLasso(1, norm, by).Value(Weights).Number(), 1e-11);
        Assert.Equal(2 * expected, Penalty.GroupLasso(Weights, 2, norm, by).Number(), 1e-11);
    }

    [Fact]
    public void ProximalOperatorOfFeatureGroups()
    {
        using var scope = NewDisposeScope();
        var expected = tensor(new[,] { { 0.2844582472, 0, 0.4343145751 }, { 0.1422291236, 1.2, -0.4343145751 } });
        Near(expected, new GroupLasso(0.8).Proximal(Weights, 1), 1e-10);
        Near(expected, new GroupLasso(0.4).Proximal(Weights, 2), 1e-10);
    }

    /// <summary>The result is [3, 2.5, −1] minus the nearest point of the ℓ₁ ball of radius 1, which is [.75, .25, 0].</summary>
    [Fact]
    public void ProximalOperatorOfTheMaximumClips()
    {
        using var scope = NewDisposeScope();
        var column = tensor(new[,] { { 3.0 }, { 2.5 }, { -1 } });
        Assert.Equal([2.25, 2.25, -1], new GroupLasso(1, GroupNorm.Infinity).Proximal(column, 1).Numbers());
        Assert.Equal([0.0, 0, 0], new GroupLasso(6.5, GroupNorm.Infinity).Proximal(column, 1).Numbers());
    }

    /// <summary>The mean of the two tasks' weights is [.75, 1, 0].</summary>
    [Fact]
    public void MeanConstraintAndItsGradient()
    {
        using var scope = NewDisposeScope();
        var penalty = new MeanConstraint(1, 0.3);
        Assert.Equal(2.18125, penalty.Value(Weights).Number(), 1e-14);
        Assert.Equal(2.18125, Penalty.MeanConstraint(Weights, 1, 0.3).Number(), 1e-14);
        Near(tensor(new[] { 0.825, 0.7, 0.3 }), penalty.Gradient(Weights)[0], 1e-14);
    }

    /// <summary>For two tasks W Wᵀ is [[2, −.5], [−.5, 5.25]], and ‖W‖_* = √(trace + 2 √det).</summary>
    [Fact]
    public void TraceNormOfTwoTasks()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Math.Sqrt(7.25 + (2 * Math.Sqrt(10.25))), new TraceNorm(1).Value(Weights).Number(), 1e-13);
    }

    /// <summary>‖w_1 − w_2‖² is .25 + 4 + 4. The sum of squared distances from the mean is half of that.</summary>
    [Fact]
    public void GraphOfTwoTasks()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(8.25, new GraphSmoothness(1, TaskGraph.Chain(2)).Value(Weights).Number(), 1e-13);
        Assert.Equal(2 * 8.25, new GraphSmoothness(1, TaskGraph.Edges(2, [(0, 1, 2)])).Value(Weights).Number(), 1e-13);
        Assert.Equal(8.25 / 2, new GraphSmoothness(1, TaskGraph.Mean(2)).Value(Weights).Number(), 1e-13);
        Assert.Equal(8.25, Penalty.Graph(Weights, 1, TaskGraph.Chain(2)).Number(), 1e-13);
    }

    [Fact]
    public void RidgeHasNoHalf()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.5 * 7.25, new RidgePenalty(0.5).Value(Weights).Number(), 1e-14);
    }
}
