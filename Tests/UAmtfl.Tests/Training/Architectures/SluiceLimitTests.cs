using TorchSharp;
using UAmtfl.Penalties;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The limit cases of networks whose subspaces and stretches are mixed, and their values by the formulas of the paper.</summary>
public sealed class SluiceLimitTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void OneSubspaceAndTheLastStretchAreCrossStitch()
    {
        var (sliced, stitched) = (
            Build(() => new AllArchitectures.SlicedOnce.Network(float64, CPU)),
            Build(() => new AllArchitectures.StitchedEven.Network(float64, CPU)));
        var images = Images();
        Assert.Equal(Bits(stitched.Predict(stitched.Prepare(images))), Bits(sliced.Predict(sliced.Prepare(images))));
        Set(sliced.Layers.Beta, full_like(sliced.Layers.Beta, 0.5));
        Assert.NotEqual(Bits(stitched.Predict(stitched.Prepare(images))), Bits(sliced.Predict(sliced.Prepare(images))));
    }

    /// <summary>Each subspace of a task is the sum of all subspaces of all tasks by its row of α, in rows and in images.</summary>
    [Fact]
    public void SubspacesAreMixed()
    {
        const int tasks = 3, subspaces = 2, size = 2;
        using var unit = new CrossStitchUnit(tasks, 0, 0.9, 0.1, float64, CPU, subspaces);
        Close(tensor(0.02).to(float64), unit.Alpha[0, 1], 1e-15);
        Draw(unit.Alpha);
        var images = randn(5, tasks * subspaces * size, 2, 3, dtype: float64);
        var rows = randn(tasks, 5, subspaces * size, dtype: float64);
        var (mixed, mixedRows) = (unit.call(images), unit.call(rows));
        for (var taker = 0; taker < tasks * subspaces; taker++)
        {
            var (expected, expectedRows) = (zeros(5, size, 2, 3, dtype: float64), zeros(5, size, dtype: float64));
            for (var giver = 0; giver < tasks * subspaces; giver++)
            {
                expected.add_(images.narrow(1, giver * size, size) * unit.Alpha[taker, giver]);
                expectedRows.add_(Rows(rows, giver) * unit.Alpha[taker, giver]);
            }

            Close(expected, mixed.narrow(1, taker * size, size));
            Close(expectedRows, Rows(mixedRows, taker));
        }

        static Tensor Rows(Tensor rows, int stream) => rows[stream / subspaces].narrow(1, stream % subspaces * size, size);
    }

    /// <summary>The features of a task are its stretches by its row of β; at the start the last counts nine tenths.</summary>
    [Fact]
    public void StretchesAreMixed()
    {
        using var mixture = new LayerMixture(2, 3, 0.9, float64, CPU);
        Close(tensor(new[] { 0.05, 0.05, 0.9 }).expand(2, -1), mixture.Beta);
        Draw(mixture.Beta);
        Tensor[] layers = [.. Enumerable.Range(0, 3).Select(_ => randn(2, 4, 5, dtype: float64))];
        Close(einsum("tl,ltnk->tnk", mixture.Beta, stack(layers)), mixture.Mix(layers));
    }

    /// <summary>The penalty is the sum over pairs of subspaces, whether the weights of the copies are side by side or in one
    /// dimension.</summary>
    [Fact]
    public void TheOverlapIsTheSumOverPairs()
    {
        const int tasks = 2, subspaces = 3, size = 2;
        var kernels = randn([tasks, subspaces * size, 4, 2, 2], dtype: float64);
        var matrices = randn(tasks, subspaces * size, 5, dtype: float64);
        var expected = zeros(1, dtype: float64)[0];
        foreach (var weight in new[] { kernels.flatten(2), matrices })
        {
            for (var t = 0; t < tasks; t++)
            {
                for (var g = 0; g < subspaces; g++)
                {
                    for (var h = g + 1; h < subspaces; h++)
                    {
                        expected.add_(Rows(weight[t], g).t().matmul(Rows(weight[t], h)).square().sum());
                    }
                }
            }
        }

        Close(expected, Subspaces.Overlap([kernels, matrices], tasks, subspaces));
        Close(expected, Subspaces.Overlap([kernels.flatten(0, 1), matrices], tasks, subspaces));

        static Tensor Rows(Tensor weight, int subspace) => weight.narrow(0, subspace * size, size);
    }

    /// <summary>The objective has the penalty of the last weights of each stretch, scaled with its strength.</summary>
    [Fact]
    public void TheOverlapActs()
    {
        var network = Build(() => new AllArchitectures.Sliced.Network(float64, CPU));
        var overlap = Subspaces.Overlap([network.Trunks1.Linear1.Weight, network.Trunks2.Linear1.Weight], TaskCount, 2);
        Close(overlap * 3.0, Value(3) - Value(0));
        Assert.True(overlap.item<double>() > 0.01);

        Tensor Value(double strength)
        {
            using var objective = new AllArchitectures.Sliced.Objective(network, new() { Orthogonality = strength }, Counts);
            return objective.Value(network.Prepare(Images()), Labels(), out _);
        }
    }

    /// <summary>Networks in another order, with α and β in the same order, compute the same features in that order.</summary>
    [Fact]
    public void PermutedTasksPermuteTheFeatures()
    {
        int[] order = [3, 0, 5, 1, 4, 2];
        var (first, second) = (
            Build(() => new AllArchitectures.Sliced.Network(float64, CPU)),
            Build(() => new AllArchitectures.Sliced.Network(float64, CPU)));
        second.Trunks1.Split(order);
        second.Trunks2.Split(order);
        var rows = tensor([.. order.Select(o => (long)o)]);
        var streams = tensor([.. order.SelectMany(o => new[] { 2L * o, (2L * o) + 1 })]);
        foreach (var (from, to) in new[] { (first.Stitch1, second.Stitch1), (first.Stitch2, second.Stitch2) })
        {
            Draw(from.Alpha);
            Set(to.Alpha, from.Alpha.index_select(0, streams).index_select(1, streams));
        }

        Draw(first.Layers.Beta);
        Set(second.Layers.Beta, first.Layers.Beta.index_select(0, rows));
        var images = Images();
        first.Predict(first.Prepare(images), out var features);
        second.Predict(second.Prepare(images), out var permuted);
        Close(features.index_select(0, rows), permuted);
        Assert.False(features.allclose(permuted));
    }
}
