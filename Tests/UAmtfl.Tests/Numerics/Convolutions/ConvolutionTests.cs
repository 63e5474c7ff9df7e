using TorchSharp.Modules;
using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.Convolutions;

/// <summary>Every way in which networks convolve, in single precision and in memory filled with wrong numbers, agrees with double
/// precision in values and in the gradients with respect to images, weights and biases.</summary>
public sealed class ConvolutionTests
{
    private const int Size = 6;
    private static readonly int[] Channels = [1, 3, 16, 20, 24, 50];

    public static TheoryData<int, int, int, int> Grid => new()
    {
        { 1, 1, 0, 2 }, { 3, 1, 1, 17 }, { 3, 2, 0, 2 }, { 5, 1, 0, 3 }, { 5, 2, 2, 16 },
    };

    [Theory, MemberData(nameof(Grid))]
    public void AreRight(int kernel, int stride, int padding, int samples)
    {
        var layer = new Case(kernel, stride, padding);
        foreach (var (inputs, outputs) in from i in Channels from o in Channels where i == o || i is 1 or 20 || o is 1 or 50 select (i, o))
        {
            using var scope = NewDisposeScope();
            random.manual_seed(inputs + outputs);
            var images = randn(samples, inputs, Size, Size);
            var module = Layout.Placed(nn.Conv2d(inputs, outputs, kernel, stride, padding), ScalarType.Float32, CPU);
            Assert.Equal(1, module.weight.stride(1));
            foreach (var x in (Tensor[])[images, Layout.ChannelsLast(images)])
            {
                layer.Check(x, module.weight, module.bias!, 1, h => Generated(h, module, layer));
                layer.Check(x, module.weight, module.bias!, 1, module.call);
            }
        }
    }

    [Theory, MemberData(nameof(Grid))]
    public void OfEachCopyAreRight(int kernel, int stride, int padding, int samples)
    {
        var layer = new Case(kernel, stride, padding);
        foreach (var (inputs, outputs) in ((int, int)[])[(1, 1), (1, 3), (3, 1), (3, 20), (16, 3), (20, 24)])
        {
            using var scope = NewDisposeScope();
            random.manual_seed(inputs + outputs);
            var networks = new StackedConv2d(3, inputs, outputs, kernel, stride, padding, ScalarType.Float32, CPU);
            Assert.Equal(1, networks.Weight.stride(2));
            var (shared, own) = (randn(samples, inputs, Size, Size), randn(samples, 3 * inputs, Size, Size));
            foreach (var layout in (Func<Tensor, Tensor>[])[h => h, Layout.ChannelsLast])
            {
                layer.Check(layout(shared), networks.Weight, networks.Bias!, 1, networks.First);
                layer.Check(layout(own), networks.Weight, networks.Bias!, 3, networks.call);
            }
        }
    }

    /// <summary>A convolution of one channel inside a module is computed from patches, its hooks are called, and its weights have
    /// channels last.</summary>
    [Fact]
    public void OfOneChannelInAModuleAreProductsOfPatches()
    {
        using var scope = NewDisposeScope();
        var module = Layout.Placed(nn.Sequential(nn.Conv2d(3, 1, 3L), nn.Conv2d(1, 4, 3L)), ScalarType.Float32, CPU);
        var calls = 0;
        var last = (Conv2d)module[1];
        last.register_forward_hook((_, images, output) =>
        {
            calls += images.requires_grad ? 1 : 0;
            Assert.Equal(4, output.stride(3));
            return output;
        });
        module.call(randn(2, 3, 8, 8)).sum().backward();
        Assert.Equal(1, calls);
        Assert.Equal(1, last.weight.stride(1));
    }

    /// <summary>The batched backward pass of all tasks gives the right gradients of images and parameters for convolutions of all
    /// kinds.</summary>
    [Theory, MemberData(nameof(Grid))]
    public void BackwardsOfAllTasksAreRight(int kernel, int stride, int padding, int samples)
    {
        foreach (var (inputs, outputs) in ((int, int)[])[(1, 1), (1, 20), (3, 1), (20, 50), (24, 3)])
        {
            using var scope = NewDisposeScope();
            random.manual_seed(inputs + outputs);
            var (weight, bias) = (new Parameter(randn(outputs, inputs, kernel, kernel)), new Parameter(randn(outputs)));
            var images = randn(samples, inputs, Size, Size);
            var (x, w, b) = (Wide(images), Wide(weight), Wide(bias));
            var z = F.conv2d(x, w, b, [stride, stride], [padding, padding]);
            var gradients = randn([3, .. z.shape]);
            Tensor[][] wanted =
            [
                .. Enumerable.Range(0, 3)
                    .Select(t => autograd.grad([z], [x, w, b], [gradients[t].to(ScalarType.Float64)], retain_graph: true).ToArray()),
            ];
            using var frozen = no_grad();
            var sink = new LayerJacobian(3, [weight, bias]);
            Poison.Memory(float.NaN);
            sink.Convolution(images, gradients, weight, bias, stride, padding);
            Case.Close(stack([.. wanted.Select(g => cat([g[1].flatten(), g[2]]))]), sink.Value, "gradients of parameters");
            Poison.Memory(1e30f);
            Case.Close(
                stack([.. wanted.Select(g => g[0])]),
                LayerBackward.Conv2d(gradients, weight, Size, Size, stride, padding),
                "gradients of images");
        }
    }

    /// <summary>Weights have the strides of channels last. The strides themselves are tested because a permuted copy of one channel
    /// passes for NCHW as well.</summary>
    [Theory]
    [InlineData(5, 1, 3)]
    [InlineData(5, 4, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(6, 7, 3)]
    public void StridesAreChannelsLast(int outputs, int inputs, int kernel)
    {
        using var scope = NewDisposeScope();
        long[] expected = [inputs * kernel * kernel, 1, kernel * inputs, inputs];
        var weight = new Parameter(randn(outputs, inputs, kernel, kernel));
        Assert.Equal(expected, Layout.ChannelsLast(weight.detach()).stride());
        Layout.ChannelsLast(weight);
        Assert.Equal(expected, weight.stride());
    }

    private static Tensor Wide(Tensor tensor) => tensor.detach().to(ScalarType.Float64).requires_grad_();

    /// <summary>Convolves as generated code does for a convolution that is not the first layer.</summary>
    private static Tensor Generated(Tensor h, Conv2d module, Case layer)
    {
        var size = ((Size + (2 * layer.Padding) - layer.Kernel) / layer.Stride) + 1;
        return h.shape[1] == 1
            ? Patches.Convolve(Patches.Cut(h, layer.Kernel, layer.Stride, layer.Padding), module.weight, module.bias, size, size)
            : module.call(h);
    }
}
