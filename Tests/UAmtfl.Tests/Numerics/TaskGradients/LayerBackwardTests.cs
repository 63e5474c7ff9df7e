using UAmtfl.Trunks;
using UAmtfl.Trunks.TaskBackward;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics.TaskGradients;

/// <summary>Each layer's backward step with the gradients of all tasks equals autograd task by task in double precision.</summary>
public sealed class LayerBackwardTests
{
    private const int T = 3, N = 4;

    public static TheoryData<ScalarType> Types => Reference.Types;

    [Theory, MemberData(nameof(Types))]
    public void Linear(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var weight = Reference.Random([5, 7], dtype, 1);
        Check([7], dtype, x => F.linear(x, weight.to(x.dtype)), (g, _, _) => LayerBackward.Linear(g, weight));
    }

    [Theory]
    [InlineData(3, 1, 0, 8, 8, false)]
    [InlineData(3, 2, 1, 9, 8, false)]
    [InlineData(2, 3, 2, 7, 9, true)]
    [InlineData(1, 1, 0, 3, 4, true)]
    [InlineData(4, 4, 0, 11, 10, true)]
    [InlineData(5, 1, 4, 5, 6, false)]
    public void Convolution(int kernel, int stride, int padding, int height, int width, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        foreach (var dtype in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            var weight = new TorchSharp.Modules.Parameter(Reference.Random([5, 3, kernel, kernel], dtype, 1), requires_grad: false);
            if (channelsLast)
            {
                Layout.ChannelsLast(weight);
            }

            Check(
                [3, height, width],
                dtype,
                x => F.conv2d(x, weight.to(x.dtype).contiguous(), null, [stride, stride], [padding, padding]),
                (g, _, _) => LayerBackward.Conv2d(g, weight, height, width, stride, padding));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void ReLU(ScalarType dtype) => Check([6], dtype, x => F.relu(x), (g, z, _) => LayerBackward.ReLU(g, z));

    [Theory, MemberData(nameof(Types))]
    public void Tanh(ScalarType dtype) => Check([2, 3, 3], dtype, x => x.tanh(), (g, z, _) => LayerBackward.Tanh(g, z));

    [Theory, MemberData(nameof(Types))]
    public void Sigmoid(ScalarType dtype) => Check([6], dtype, x => x.sigmoid(), (g, z, _) => LayerBackward.Sigmoid(g, z));

    [Theory, MemberData(nameof(Types))]
    public void SmoothRectifiers(ScalarType dtype)
    {
        Check([2, 3, 3], dtype, x => F.leaky_relu(x, 0.3), (g, z, _) => LayerBackward.LeakyReLU(g, z, 0.3));
        Check([2, 3, 3], dtype, x => F.gelu(x), (g, _, x) => LayerBackward.GELU(g, x));
        Check([2, 3, 3], dtype, x => F.silu(x), (g, _, x) => LayerBackward.SiLU(g, x));
    }

    [Theory]
    [InlineData(6, 1, 1)]
    [InlineData(6, 3, 1)]
    [InlineData(6, 2, 5)]
    public void Normalisation(int channels, int groups, int size)
    {
        using var scope = NewDisposeScope();
        var weight = Reference.Random([channels], ScalarType.Float64, 1);
        long[] shape = size == 1 ? [channels] : [channels, size, size - 1];
        Check(
            shape,
            ScalarType.Float64,
            x => F.group_norm(x, groups, weight),
            (g, _, x) => LayerBackward.GroupNorm(g, x, weight, groups));
    }

    [Theory]
    [InlineData(3, 2, 1, 9, 7)]
    [InlineData(3, 1, 0, 5, 6)]
    [InlineData(2, 3, 1, 8, 9)]
    [InlineData(4, 2, 2, 6, 6)]
    public void PoolingOfSquaresThatOverlap(int kernel, int stride, int padding, int height, int width)
    {
        foreach (var dtype in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            Check(
                [3, height, width],
                dtype,
                x => F.avg_pool2d(x, kernel, stride, padding),
                (g, _, _) => LayerBackward.AvgPool2d(g, kernel, stride, padding, height, width));
            Check(
                [3, height, width],
                dtype,
                x => F.max_pool2d(x, kernel, stride, padding),
                (g, _, x) => LayerBackward.MaxPool2d(
                    g, LayerBackward.MaxPool2d(x, kernel, stride, padding).Indices, height, width));
        }
    }

    [Theory]
    [InlineData(3, 9, 7)]
    [InlineData(4, 4, 6)]
    [InlineData(1, 5, 8)]
    public void PoolingToASize(int size, int height, int width)
    {
        foreach (var dtype in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            Check(
                [3, height, width],
                dtype,
                x => F.adaptive_avg_pool2d(x, size),
                (g, _, _) => LayerBackward.AdaptiveAvgPool2d(g, height, width));
            Check([3, height, width], dtype, x => x.mean([2L, 3L]), (g, _, _) => LayerBackward.GlobalAvgPool(g, height, width));
        }
    }

    [Theory]
    [InlineData(2, 6, 4)]
    [InlineData(2, 7, 5)]
    [InlineData(3, 8, 10)]
    public void Pooling(int kernel, int height, int width)
    {
        foreach (var dtype in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            Check([3, height, width], dtype, x => F.avg_pool2d(x, kernel), (g, _, _) => LayerBackward.AvgPool2d(g, kernel, height, width));
            Check(
                [3, height, width],
                dtype,
                x => F.max_pool2d(x, kernel),
                (g, _, x) => LayerBackward.MaxPool2d(g, LayerBackward.MaxPool2d(x, kernel).Indices, height, width));
            Check(
                [3, height, width],
                dtype,
                x => F.max_pool2d(x, kernel),
                (g, _, x) => LayerBackward.MaxPool2d(g, LayerBackward.MaxPool2d(ChannelsLast(x), kernel).Indices, height, width));
        }
    }

    /// <summary>If several pixels are the largest, the batched step and autograd send the gradient to the same one.</summary>
    [Fact]
    public void TheMaximumOfEqualPixels()
    {
        using var scope = NewDisposeScope();
        var x = ones([N, 2, 4, 4], ScalarType.Float64).requires_grad_();
        var z = F.max_pool2d(x, 2);
        var gradients = Reference.Random([T, .. z.shape], ScalarType.Float64, 2);
        Reference.Equal(
            Reference.PerTask(z, gradients, x),
            LayerBackward.MaxPool2d(gradients.alias(), LayerBackward.MaxPool2d(x.detach(), 2).Indices, 4, 4),
            ScalarType.Float64);
    }

    [Theory, MemberData(nameof(Types))]
    public void Flatten(ScalarType dtype) => Check([3, 2, 5], dtype, x => x.flatten(1), (g, _, _) => LayerBackward.Flatten(g, 3, 2, 5));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dropout(bool training)
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout(0.4);
        dropout.train(training);
        var x = ChannelsLast(Reference.Random([N, 5, 3, 3], ScalarType.Float64, 1)).requires_grad_();
        random.manual_seed(5);
        var z = dropout.call(x);
        random.manual_seed(5);
        var mask = LayerBackward.Mask(dropout, x);
        Assert.False(mask.requires_grad);
        Assert.True(Reference.Same(x * mask, z), "the mask is of other random numbers than the layer draws");
        Assert.Equal(training, mask.eq(0).any().item<bool>());
        var gradients = Reference.Random([T, .. z.shape], ScalarType.Float64, 2);
        Reference.Equal(Reference.PerTask(z, gradients, x), LayerBackward.Dropout(gradients.alias(), mask), ScalarType.Float64);
    }

    /// <summary>A backward step disposes of the gradients that it is given, but not of the tensor that they are a view of.</summary>
    [Fact]
    public void AStepDisposesTheGradientsItIsGiven()
    {
        using var scope = NewDisposeScope();
        var gradients = Reference.Random([T, N, 5], ScalarType.Float64, 1);
        var alias = gradients.alias();
        LayerBackward.Linear(alias, Reference.Random([5, 7], ScalarType.Float64, 2));
        Assert.True(alias.IsInvalid);
        Assert.False(gradients.IsInvalid);
    }

    private static Tensor ChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static void Check(long[] shape, ScalarType dtype, Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor> backward)
    {
        using var scope = NewDisposeScope();
        var values = Reference.Random([N, .. shape], dtype, 3);
        var x = values.to(ScalarType.Float64).requires_grad_();
        var z = forward(x);
        var gradients = Reference.Random([T, .. z.shape], dtype, 4);
        var expected = Reference.PerTask(z, gradients.to(ScalarType.Float64), x);
        using var frozen = no_grad();
        var actual = backward(gradients.alias(), z.detach().to(dtype), values);
        Assert.Equal(dtype, actual.dtype);
        Reference.Equal(expected, actual, dtype);
    }
}
