using UAmtfl.Experiments.Mnist;
using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>The faster ways of generated networks compute the same as the plain ones.</summary>
public sealed class TrunkTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void PatchesAreTheConvolution(int stride, int padding)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var images = randn(3, 2, 9, 7, dtype: ScalarType.Float64);
        var (weight, bias) = (randn(5, 2, 3, 3, dtype: ScalarType.Float64), randn(5, dtype: ScalarType.Float64));
        var expected = nn.functional.conv2d(images, weight, bias, strides: [stride, stride], padding: [padding, padding]);
        var actual = Patches.Convolve(
            Patches.Cut(images, 3, stride, padding), weight, bias, (int)expected.shape[2], (int)expected.shape[3]);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void ChannelsLastChangesTheLayoutAlone()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Conv2d(3, 4, 2L);
        var before = layer.weight.clone();
        Layout.ChannelsLast(layer.weight);
        Assert.Equal(before.data<float>().ToArray(), layer.weight.contiguous().data<float>().ToArray());
        Assert.Equal(1, layer.weight.stride(1));
        Assert.True(layer.weight.requires_grad);
    }

    /// <summary>The LeNet of the main experiment has as many parameters as the paper's: 431,080.</summary>
    [Fact]
    public void LeNetHasThePapersSize()
    {
        using var scope = NewDisposeScope();
        using var cnn = MnistImbalanced.Cnn.Build(new(), ones(10));
        Assert.Equal(431_080, cnn.Network.parameters().Sum(p => p.NumberOfElements));
        var loss = cnn.Value(cnn.Network.Prepare(rand(7, 1, 28, 28)), new(zeros(7, 10), null), out _).item<float>();
        Assert.Equal(10 * Math.Log(2), loss, 0.1);
    }

    /// <summary>The heads of all tasks in one product have the same outputs and gradients as one linear layer for each task.</summary>
    [Fact]
    public void BatchedHeadsEqualALoop()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        using var cnn = MnistImbalanced.Cnn.Build(new(), ones(10));
        var network = cnn.Network;
        using (no_grad())
        {
            network.HeadBias.copy_(randn(10));
        }

        var targets = (rand(9, 10) > 0.5).to(float32);
        var prepared = cnn.Network.Prepare(rand(9, 1, 28, 28));
        var batched = cnn.Value(prepared, new(targets, null), out var losses);
        var features = network.Trunk.Features(prepared);
        var single = Enumerable.Range(0, 10).Select(t => nn.functional.binary_cross_entropy_with_logits(
            nn.functional.linear(features, network.HeadWeight[t..(t + 1)], network.HeadBias[t..(t + 1)]).squeeze(1),
            targets.select(1, t))).ToList();
        Assert.True((stack(single) - losses).abs().max().item<float>() < 1e-6);
        var loop = stack(single).sum();
        Tensor[] parameters = [.. network.parameters()];
        foreach (var (a, b) in autograd.grad([batched], parameters).Zip(autograd.grad([loop], parameters)))
        {
            Assert.True((a - b).abs().max().item<float>() < 1e-6);
        }
    }

    [Fact]
    public void AHandWrittenTrunkOfAnotherSizeIsRefused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[3, 4]", Assert.Throws<UAmtflException>(() => UAmtfl.Trunks.HandWritten.Checked(zeros(3, 4), 5, "Net")).Message);
    }
}
