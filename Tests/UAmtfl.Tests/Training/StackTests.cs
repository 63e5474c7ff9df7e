using UAmtfl.Trunks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>A stack can take copies of another stack's trunks. A copy has the same bits as its source, and computes the same up to
/// rounding, because libtorch may sum in another order if a product has another number of columns.</summary>
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
        var (three, five, inputs) = (Create(trunk, 3), Create(trunk, 5), Inputs(trunk, samples));
        three.call(Inputs(trunk, 32));   // statistics of batch normalisation that differ from copy to copy
        five.CopyFrom(three, [2, 0, 0, 1, 2]);
        three.eval();
        five.eval();
        var (parents, children) = (three.call(inputs), five.call(inputs));
        Assert.Equal([5, samples, parents.shape[2]], children.shape);
        Assert.False(Same(parents[0], parents[1]));
        foreach (var (child, parent) in ((int, int)[])[(0, 2), (1, 0), (2, 0), (3, 1), (4, 2)])
        {
            Assert.True(Same(children[child], parents[parent]), $"copy {child} of copy {parent}");
        }
    }

    [Theory]
    [InlineData("Net")]
    [InlineData("Rows")]
    public void ACopyCanOverwriteAnotherOfTheSameStack(string trunk)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        using var frozen = no_grad();
        var (stack, inputs) = (Create(trunk, 3), Inputs(trunk, 6));
        stack.eval();
        var before = stack.call(inputs).clone();
        stack.CopyFrom(stack, [1, 1, 0]);
        var after = stack.call(inputs);
        Assert.True(Same(after[0], before[1]) && Same(after[1], before[1]) && Same(after[2], before[0]));
    }

    /// <summary>Stacked convolutions can be copied inside of a stack, where each copy has an image of its own. At the beginning of a
    /// stack all copies have the same image.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ConvolutionsOfImagesOfTheirOwnCanBeSplit(int channels)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var frozen = no_grad();
        StackedConv2d two = new(2, channels, 4, 3, 1, 1, float32, CPU), four = new(4, channels, 4, 3, 1, 1, float32, CPU);
        four.CopyFrom(two, [1, 1, 0, 1]);
        Assert.Equal(1, four.Weight.stride(2));
        var images = randn([5, 2, channels, 8, 8]);
        var parents = two.call(images.flatten(1, 2)).unflatten(1, 2, -1);
        var children = four.call(images.index_select(1, tensor(new long[] { 1, 1, 0, 1 })).flatten(1, 2)).unflatten(1, 4, -1);
        foreach (var (child, parent) in ((int, int)[])[(0, 1), (1, 1), (2, 0), (3, 1)])
        {
            Assert.True(Same(children.select(1, child), parents.select(1, parent)), $"copy {child} of copy {parent}");
            Assert.Equal(two.Weight[parent], four.Weight[child]);
        }
    }

    [Fact]
    public void OtherLayersAndCopiesThatDoNotExistAreRefused()
    {
        using var scope = NewDisposeScope();
        var stack = new StackedLinear(2, 3, 4, bias: true, float32, CPU);
        Assert.Equal(
            "a stack of 2 copies needs 2 parents, not 1: give one for each copy (Parameter 'parents')",
            Assert.Throws<ArgumentException>(() => stack.CopyFrom(stack, [0])).Message);
        var missing = Assert.Throws<ArgumentOutOfRangeException>(() => stack.CopyFrom(stack, [0, 2]));
        Assert.StartsWith("the stack has copies 0 to 1", missing.Message, StringComparison.Ordinal);
        Assert.Equal(
            "Weight is [2, 4, 3] here and [2, 4, 5] in the source: copy from a stack of the same layers (Parameter 'source')",
            Assert.Throws<ArgumentException>(() => stack.CopyFrom(new StackedLinear(2, 5, 4, bias: true, float32, CPU), [0, 1])).Message);
        Assert.Equal(
            "Bias is [8] here and missing in the source: copy from a stack of the same layers (Parameter 'source')",
            Assert.Throws<ArgumentException>(() => stack.CopyFrom(new StackedLinear(2, 3, 4, bias: false, float32, CPU), [0, 1])).Message);
    }

    [Fact]
    public void AllWeightsAndStatisticsAreCopied()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        using var frozen = no_grad();
        var (two, three) = (Create("Net", 2), Create("Net", 3));
        two.call(Inputs("Net", 8));
        foreach (var bias in two.parameters().Where(p => p.dim() == 1))
        {
            bias.normal_();   // biases and scales start equal in all copies
        }

        three.CopyFrom(two, [1, 0, 1]);
        var copied = three.state_dict();
        foreach (var (path, read) in two.state_dict().Where(s => s.Value.dim() > 0))
        {
            var (rows, parents) = (copied[path].reshape(3, -1), read.reshape(2, -1));
            Assert.True(rows[0].Equals(parents[1]) && rows[1].Equals(parents[0]) && rows[2].Equals(parents[1]), path);
        }

        Assert.Equal(1, copied["BatchNorm1.num_batches_tracked"].to(int64).item<long>());
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
