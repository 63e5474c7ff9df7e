using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A stack can compute the first of its copies only, and copies can be split. A copy has the same bits as its source, and
/// computes the same up to rounding, because libtorch may sum in another order if a product has another number of columns.</summary>
public sealed class StackTests
{
    [Theory]
    [InlineData("Net", 1)]
    [InlineData("Net", 7)]
    [InlineData("Net", 64)]
    [InlineData("Rows", 1)]
    [InlineData("Rows", 64)]
    [InlineData("Pooled", 7)]
    public void CopiesOfACopyComputeTheSame(string trunk, int samples)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        using var frozen = no_grad();
        var (stack, inputs) = (Create(trunk, 5), Inputs(trunk, samples));
        stack.call(Inputs(trunk, 32));   // statistics of batch normalisation that differ from copy to copy
        stack.Split([4, 1, 3]);
        stack.eval();
        var parents = stack.call(inputs).clone();
        Assert.Equal(3, parents.shape[0]);
        stack.Split([2, 0, 0, 1, 2]);
        var children = stack.call(inputs);
        Assert.Equal([5, samples, parents.shape[2]], children.shape);
        Assert.False(Same(parents[0], parents[1]));
        foreach (var (child, parent) in ((int, int)[])[(0, 2), (1, 0), (2, 0), (3, 1), (4, 2)])
        {
            Assert.True(Same(children[child], parents[parent]), $"copy {child} of copy {parent}");
        }
    }

    /// <summary>The first copies compute, are trained and keep statistics as they do beside others, which do not change.</summary>
    [Theory]
    [InlineData("Net")]
    [InlineData("Rows")]
    [InlineData("Pooled")]
    public void TheFirstCopiesAreTrainedAlone(string trunk)
    {
        using var scope = NewDisposeScope();
        var (whole, part, inputs) = (Seeded(), Seeded(), Inputs(trunk, 8));
        part.Activate(2);
        whole.call(inputs).narrow(0, 0, 2).square().sum().backward();
        part.call(inputs).square().sum().backward();
        foreach (var (expected, actual) in whole.parameters().Zip(part.parameters()))
        {
            Assert.True(expected.grad!.allclose(actual.grad!, 1e-4, 1e-5), $"{(expected.grad! - actual.grad!).abs().max().item<float>()}");
        }

        foreach (var ((path, expected), (_, actual)) in whole.named_buffers().Zip(part.named_buffers()))
        {
            if (expected.dim() > 0)
            {
                var (all, some) = (expected.unflatten(0, 4, -1), actual.unflatten(0, 4, -1));
                Assert.True(all.narrow(0, 0, 2).allclose(some.narrow(0, 0, 2)), path);
                var untouched = path.Contains("mean", StringComparison.Ordinal) ? 0.0 : 2 * some[3].numel();
                Assert.Equal(untouched, some.narrow(0, 2, 2).sum().to(float64).item<double>());
            }
        }

        Stack Seeded()
        {
            random.manual_seed(3);
            return Create(trunk, 4);
        }
    }

    /// <summary>Stacked convolutions can be split inside of a stack, where each copy has an image of its own. At the beginning of a
    /// stack all copies have the same image.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ConvolutionsOfImagesOfTheirOwnCanBeSplit(int channels)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var frozen = no_grad();
        var stack = new StackedConv2d(4, channels, 4, 3, 1, 1, float32, CPU);
        stack.Split([2, 3]);
        var images = randn([5, 2, channels, 8, 8]);
        var parents = stack.call(images.flatten(1, 2)).unflatten(1, 2, -1).clone();
        stack.Split([1, 1, 0, 1]);
        Assert.Equal(1, stack.Weight.stride(2));
        var children = stack.call(images.index_select(1, tensor(new long[] { 1, 1, 0, 1 })).flatten(1, 2)).unflatten(1, 4, -1);
        foreach (var (child, parent) in ((int, int)[])[(0, 1), (1, 1), (2, 0), (3, 1)])
        {
            Assert.True(Same(children.select(1, child), parents.select(1, parent)), $"copy {child} of copy {parent}");
        }
    }

    [Fact]
    public void CopiesThatDoNotExistCannotBeActive()
    {
        using var scope = NewDisposeScope();
        var stack = new StackedLinear(2, 3, 4, bias: true, float32, CPU);
        Assert.Throws<ArgumentOutOfRangeException>(() => stack.Activate(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => stack.Activate(0));
        Assert.Equal(2, stack.Active);
    }

    /// <summary>Copies that are not active are 0 after a split.</summary>
    [Fact]
    public void AllWeightsAndStatisticsAreSplit()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        using var frozen = no_grad();
        var stack = Create("Net", 4);
        stack.call(Inputs("Net", 8));
        foreach (var bias in stack.parameters().Where(p => p.dim() == 1))
        {
            bias.normal_();   // biases and scales start equal in all copies
        }

        var before = stack.state_dict().ToDictionary(s => s.Key, s => s.Value.clone());
        stack.Split([1, 0, 1]);
        var after = stack.state_dict();
        foreach (var (path, read) in before.Where(s => s.Value.dim() > 0))
        {
            var (rows, parents) = (after[path].reshape(4, -1), read.reshape(4, -1));
            Assert.True(rows[0].Equals(parents[1]) && rows[1].Equals(parents[0]) && rows[2].Equals(parents[1]), path);
            Assert.True(rows[3].Equals(zeros_like(parents[3])), path);
        }

        Assert.Equal(1, after["BatchNorm1.num_batches_tracked"].to(int64).item<long>());
    }

    private static bool Same(Tensor a, Tensor b) => (a - b).abs().max().item<float>() < 1e-6;

    private static Stack Create(string trunk, int copies) => trunk switch
    {
        "Net" => new Separate.Net.Stack(copies, float32, CPU),
        "Rows" => new Separate.Rows.Stack(copies, float32, CPU),
        _ => new Separate.Pooled.Stack(copies, float32, CPU),
    };

    private static Tensor Inputs(string trunk, int samples) => trunk == "Rows" ? randn(samples, 7) : randn(samples, 2, 9, 9);
}
