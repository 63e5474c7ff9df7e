using TorchSharp;
using TorchSharp.Modules;
using UAmtfl.Trunks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Training.Architectures.ArchitectureCase;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The limit cases of low-rank changes of a trunk.</summary>
public sealed class AdapterLimitTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    /// <summary>A new network has the trunk of hard sharing to the bit, and its features up to rounding, because they are products for
    /// all tasks at once.</summary>
    [Fact]
    public void WithoutChangesTheyAreHardSharing()
    {
        var (adapted, together) = (
            Build(() => new AllArchitectures.Adapted.Network(float64, CPU)),
            Build(() => new AllArchitectures.Together.Network(float64, CPU)));
        foreach (var (path, weight) in together.Trunk.named_parameters().Where(p => p.parameter.dim() > 1))
        {
            Assert.Equal(Bits(weight), Bits(Parameter(adapted.Trunk, path)));
        }

        var images = Images();
        adapted.Predict(adapted.Prepare(images), out var own);
        together.Predict(together.Prepare(images), out var shared);
        Close(shared.expand_as(own), own);
    }

    /// <summary>A new network computes what a copy of its trunk for each task computes, to the bit.</summary>
    [Fact]
    public void WithoutChangesTheyAreCopiesOfTheTrunk()
    {
        var (adapted, alone) = (
            Build(() => new AllArchitectures.Adapted.Network(float64, CPU)),
            Build(() => new AllArchitectures.Alone.Network(float64, CPU)));
        foreach (var (path, weights) in alone.Trunks.named_parameters().Where(p => p.parameter.dim() > 1))
        {
            Set(weights, Parameter(adapted.Trunk, path.Replace("Weight", "weight")).expand_as(weights));
        }

        var images = Images();
        adapted.Predict(adapted.Prepare(images), out var own);
        alone.Predict(alone.Prepare(images), out var copied);
        Assert.Equal(Bits(copied), Bits(own));
    }

    /// <summary>A trunk with the weights W + B A + B_t A_t and the normalisation of task t computes the features of task t.</summary>
    [Fact]
    public void MergedWeightsGiveTheSameFeatures()
    {
        var (adapted, together) = (
            Build(() => new AllArchitectures.Adapted.Network(float64, CPU)),
            Build(() => new AllArchitectures.Together.Network(float64, CPU)));
        adapted.parameters().ToList().ForEach(Draw);
        var images = Images();
        adapted.Predict(adapted.Prepare(images), out var features);
        var parameters = adapted.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        for (var t = 0; t < TaskCount; t++)
        {
            foreach (var (path, target) in together.Trunk.named_parameters())
            {
                var source = parameters[$"Trunk.{path}"];
                Set(target, target.dim() > 1 ? Merged(path.Split('.')[0], source, t)
                    : source.shape[0] == target.shape[0] ? source
                    : source.unflatten(0, TaskCount, -1)[t]);
            }

            together.Predict(together.Prepare(images), out var own);
            Close(own, features[t]);
        }

        Tensor Merged(string layer, Tensor weight, int task)
        {
            var change = Product("SharedAdapters", 0) + Product("OwnAdapters", task);
            return weight + (weight.dim() == 2 ? change : change.unflatten(1, 3, 3, -1).permute(0, 3, 1, 2));

            Tensor Product(string owner, int index) =>
                parameters[$"{owner}.{layer}.B"][index].matmul(parameters[$"{owner}.{layer}.A"][index]);
        }
    }

    /// <summary>The change of a convolution is a convolution to as many channels as the rank, with the layer's kernel, and one of
    /// 1×1.</summary>
    [Fact]
    public void TheChangeOfAConvolutionIsTwoConvolutions()
    {
        random.manual_seed(6);
        var layer = new AdaptedConv2d(2, 3, 4, kernel: 3, stride: 2, padding: 1, float64, CPU);
        var (shared, own) = (layer.Change(2, ofAll: true), layer.Change(2, ofAll: false));
        new[] { shared.B, own.B, layer.Bias! }.ToList().ForEach(Draw);
        var images = randn(5, 3, 7, 6, dtype: float64);
        var outputs = layer.First(images).unflatten(1, 2, -1);
        Close(outputs.flatten(1, 2), layer.call(Stack.Spread(images, 2)));
        for (var t = 0; t < 2; t++)
        {
            var plain = nn.functional.conv2d(images, layer.Weight, layer.Bias, [2, 2], [1, 1]);
            Close(plain + Change(shared, 0) + Change(own, t), outputs.select(1, t));
        }

        Tensor Change(LowRank change, int index) => nn.functional.conv2d(
            nn.functional.conv2d(images, change.A[index].unflatten(1, 3, 3, 3).permute(0, 3, 1, 2).contiguous(), null, [2, 2], [1, 1]),
            change.B[index].unsqueeze(2).unsqueeze(3));
    }

    /// <summary>A convolution of groups changes the rows of its weight, whether its images are shared or not.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void AConvolutionOfGroupsIsChanged(int groups)
    {
        random.manual_seed(6);
        var layer = new AdaptedConv2d(2, 4, 8, kernel: 3, stride: 1, padding: 0, float64, CPU, bias: false, groups: groups, dilation: 2);
        var (shared, own) = (layer.Change(3, ofAll: true), layer.Change(3, ofAll: false));
        new[] { shared.B, own.B }.ToList().ForEach(Draw);
        var images = randn(5, 4, 7, 8, dtype: float64);
        var outputs = layer.First(images);
        Close(outputs, layer.call(Stack.Spread(images, 2)));
        var weights = layer.Merged().unflatten(2, 3, 3, -1).permute(0, 1, 4, 2, 3);
        for (var t = 0; t < 2; t++)
        {
            var expected = nn.functional.conv2d(images, weights[t].contiguous(), null, [1, 1], [0, 0], [2, 2], groups);
            Close(expected, outputs.unflatten(1, 2, -1).select(1, t));
        }
    }

    /// <summary>A rank above that of the weight is its full rank.</summary>
    [Fact]
    public void TheRankIsAtMostThatOfTheWeight()
    {
        var change = new AdaptedLinear(2, 5, 3, bias: true, float64, CPU).Change(4, ofAll: false);
        Assert.Equal([2, 3, 5], change.A.shape);
        Assert.Equal([2, 3, 3], change.B.shape);
    }

    [Fact]
    public void ALayerWithoutChangesIsRefused() => Assert.Contains(
        "create the adapters of its trunk first",
        Assert.Throws<InvalidOperationException>(() => new AdaptedLinear(2, 5, 3, bias: true, float64, CPU).Merged()).Message);

    /// <summary>The changes of a task reach its own features alone, and that of all tasks reaches all.</summary>
    [Fact]
    public void ChangesReachNoOtherTask()
    {
        var network = Build(() => new AllArchitectures.Adapted.Network(float64, CPU));
        var before = Features();
        Draw(Parameter(network.OwnAdapters, "Linear1.B")[2]);
        var after = Features();
        Draw(Parameter(network.SharedAdapters, "Linear1.B"));
        var all = Features();
        for (var t = 0; t < TaskCount; t++)
        {
            Assert.Equal(t != 2, Bits(before[t]).SequenceEqual(Bits(after[t])));
            Assert.NotEqual(Bits(after[t]), Bits(all[t]));
        }

        Tensor Features()
        {
            using var frozen = no_grad();
            network.Predict(network.Prepare(Images()), out var features);
            return features;
        }
    }

    /// <summary>Changes and normalisations in another order give the same features in that order.</summary>
    [Fact]
    public void PermutedTasksPermuteTheFeatures()
    {
        var rows = tensor(new[] { 3L, 0, 5, 1, 4, 2 });
        var (first, second) = (
            Build(() => new AllArchitectures.Adapted.Network(float64, CPU)),
            Build(() => new AllArchitectures.Adapted.Network(float64, CPU)));
        foreach (var ((path, from), (_, to)) in first.named_parameters().Zip(second.named_parameters()))
        {
            Draw(from);
            var ofTasks = path.StartsWith("OwnAdapters", StringComparison.Ordinal) || path.Contains("Norm", StringComparison.Ordinal);
            Set(to, ofTasks ? from.unflatten(0, TaskCount, -1).index_select(0, rows).view(to.shape) : from);
        }

        var images = Images();
        first.Predict(first.Prepare(images), out var features);
        second.Predict(second.Prepare(images), out var permuted);
        Close(features.index_select(0, rows), permuted);
        Assert.False(features.allclose(permuted));
    }

    private static Parameter Parameter(nn.Module module, string path) =>
        module.named_parameters().Single(p => p.name == path).parameter;
}
