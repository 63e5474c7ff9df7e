using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The limit cases of masks of a shared trunk, and their value by the formulas of the paper.</summary>
public sealed class AttentionLimitTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>With masks of 1 the features of each task have the bits of those of the shared trunk.</summary>
    [Fact]
    public void MasksOfOneAreHardSharing()
    {
        var (attended, together) = (
            Build(() => new AllArchitectures.Attended.Network(float64, CPU)),
            Build(() => new AllArchitectures.Together.Network(float64, CPU)));
        nn.Module[] stretches = [attended.Trunk1, attended.Trunk2, attended.Trunk3];
        foreach (var (own, shared) in stretches.SelectMany(s => s.parameters()).Zip(together.Trunk.parameters()))
        {
            Set(own, shared);
        }

        foreach (var unit in Units(attended))
        {
            nn.init.zeros_(unit.ExpandedNorm.weight);
            nn.init.constant_(unit.ExpandedNorm.bias, 1e3);
        }

        var images = Images();
        attended.Predict(attended.Prepare(images), out var own1);
        together.Predict(together.Prepare(images), out var all);
        Assert.Equal(Bits(all.expand(TaskCount, -1, -1)), Bits(own1));
    }

    /// <summary>The masks of images and of rows are those of the paper, computed for one task after the other by convolutions of
    /// 1×1.</summary>
    [Fact]
    public void FeaturesAreThoseOfThePaper()
    {
        var network = Build(() => new AllArchitectures.AttendedPlain.Network(float64, CPU));
        foreach (var unit in Units(network))
        {
            unit.parameters().ToList().ForEach(Draw);
        }

        var images = Images();
        network.Predict(network.Prepare(images), out var features);
        var first = network.Trunk1.Features(network.Trunk.Features(network.Prepare(images)));
        var second = network.Trunk2.Features(first);
        var masked = Enumerable.Range(0, TaskCount).Select(t => first * Mask(network.Attention1, t, first)).ToArray();

        // The statistics of a batch normalisation in a stretch would be those of the samples of all tasks; this stretch has none.
        for (var t = 0; t < TaskCount; t++)
        {
            var carried = network.Carry2.Features(masked[t]);
            var mask = Mask(network.Attention2, t, cat([second, carried], 1).unsqueeze(2).unsqueeze(3)).squeeze(3).squeeze(2);
            Close(second * mask, features[t], 1e-11);
        }

        static Tensor Mask(AttentionUnit unit, int task, Tensor read)
        {
            var hidden = nn.functional.relu(Map(unit.Reduce, unit.ReducedNorm, task, read));
            return Map(unit.Expand, unit.ExpandedNorm, task, hidden).sigmoid();
        }

        static Tensor Map(StackedLinear map, BatchNorm1d norm, int task, Tensor values)
        {
            var mapped = nn.functional.conv2d(values, map.Weight[task].unsqueeze(2).unsqueeze(3));
            var (mean, spread) = (mapped.mean([0, 2, 3], keepdim: true), mapped.var([0, 2, 3], unbiased: false, keepdim: true));
            var (scale, shift) = (Own(norm.weight), Own(norm.bias!));
            return ((mapped - mean) / (spread + 1e-5).sqrt() * scale) + shift;

            Tensor Own(Parameter of) => of.unflatten(0, TaskCount, -1)[task].view(1, -1, 1, 1);
        }
    }

    /// <summary>The masks of a task reach its own features alone.</summary>
    [Fact]
    public void MasksReachNoOtherTask()
    {
        var network = Build(() => new AllArchitectures.AttendedPlain.Network(float64, CPU));
        var images = Images();
        network.Predict(network.Prepare(images), out var before);
        using (no_grad())
        {
            network.Attention1.Expand.Weight[2].add_(1);
            network.Attention2.Reduce.Weight[2].neg_();
        }

        network.Predict(network.Prepare(images), out var after);
        for (var t = 0; t < TaskCount; t++)
        {
            Assert.Equal(t != 2, Bits(before[t]).SequenceEqual(Bits(after[t])));
        }
    }

    /// <summary>Masks in another order give the same features in that order.</summary>
    [Fact]
    public void PermutedTasksPermuteTheFeatures()
    {
        var rows = tensor(new[] { 3L, 0, 5, 1, 4, 2 });
        var (first, second) = (
            Build(() => new AllArchitectures.Attended.Network(float64, CPU)),
            Build(() => new AllArchitectures.Attended.Network(float64, CPU)));
        foreach (var (from, to) in Units(first).Zip(Units(second)).SelectMany(u => u.First.parameters().Zip(u.Second.parameters())))
        {
            Draw(from);
            Set(to, from.unflatten(0, TaskCount, -1).index_select(0, rows).view(to.shape));
        }

        var images = Images();
        first.Predict(first.Prepare(images), out var features);
        second.Predict(second.Prepare(images), out var permuted);
        Close(features.index_select(0, rows), permuted, 1e-10);
        Assert.False(features.allclose(permuted));
    }

    private static IEnumerable<AttentionUnit> Units(Network network) => network.modules().OfType<AttentionUnit>();
}
