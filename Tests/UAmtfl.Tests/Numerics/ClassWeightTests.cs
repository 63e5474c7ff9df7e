using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics;

/// <summary>The softmax cross-entropy with weights of classes agrees with its definition, its limits and PyTorch's.</summary>
public sealed class ClassWeightTests
{
    private const double Smoothing = 0.3;

    private static readonly long[] Owner = [1, 0, 1, 1, 0, 0];

    [Fact]
    public void TheValueIsThatOfTheDefinition()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,,] { { { 1, 2 } }, { { 1, 2 } } });
        var labels = new Labels(tensor(new double[,] { { 0 }, { 1 } }), null);
        var (first, second) = (Math.Log(1 + Math.E), Math.Log(1 + (1 / Math.E)));
        var weights = tensor(new double[,] { { 3, 0.5 } });
        Close([((3 * first) + (0.5 * second)) / 3.5], Loss.Softmax(logits, labels, weights: weights));
        var (w, s) = (0.7, 0.15);
        Close(
            [((w * ((3 * first) + (0.5 * second))) + (s * 2 * ((3 * first) + (0.5 * second)))) / 3.5],
            Loss.Softmax(logits, labels, Smoothing, weights));
    }

    /// <summary>libtorch's cross_entropy, task by task.</summary>
    [Fact]
    public void LibtorchHasTheSameValuesAndDerivatives()
    {
        using var scope = NewDisposeScope();
        var (logits, labels, weights) = Sample();
        var values = labels.Values.to(ScalarType.Int64);
        var expected = stack(
            [
                .. Enumerable.Range(0, 2).Select(t => F.cross_entropy(
                    logits.select(1, t), values.select(1, t).masked_fill(labels.Observed!.select(1, t).eq(0), -100), weights[t])),
            ]);
        var actual = Loss.Softmax(logits, labels, weights: weights);
        Close(Numbers(expected), actual);
        Close(Numbers(autograd.grad([expected.sum()], [logits])[0]), autograd.grad([actual.sum()], [logits])[0]);
    }

    /// <summary>A whole number as weight counts like so many rows.</summary>
    [Fact]
    public void AWeightOfThreeIsThreeRows()
    {
        using var scope = NewDisposeScope();
        var logits = randn(4, 1, 2, dtype: float64, generator: new Generator(3));
        var values = tensor(new double[] { 1, 0, 1, 0 }).unsqueeze(1);
        var rows = tensor(new long[] { 0, 0, 0, 1, 2, 2, 2, 3 });
        Close(
            Numbers(Loss.Softmax(logits.index_select(0, rows), new(values.index_select(0, rows), null))),
            Loss.Softmax(logits, new(values, null), weights: tensor(new double[,] { { 1, 3 } })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Smoothing)]
    public void EqualWeightsAreNone(double smoothing)
    {
        using var scope = NewDisposeScope();
        var (logits, labels, weights) = Sample();
        Close(Numbers(Loss.Softmax(logits, labels, smoothing)), Loss.Softmax(logits, labels, smoothing, full_like(weights, 7)));
    }

    [Fact]
    public void MissingLabelsChangeNothing()
    {
        using var scope = NewDisposeScope();
        var (logits, labels, weights) = Sample();
        var junk = labels with { Values = labels.Values + ((1 - labels.Observed!) * 2) };
        Assert.Equal(
            Numbers(Loss.Softmax(logits, labels, Smoothing, weights)), Numbers(Loss.Softmax(logits, junk, Smoothing, weights)));
        var none = labels with { Observed = zeros_like(labels.Values) };
        Assert.Equal([0.0, 0], Numbers(Loss.Softmax(logits, none, Smoothing, weights)));
    }

    /// <summary>If rows belong to one task each, the losses on the whole set are those of a label matrix in which the other labels are
    /// missing, also for the last task alone.</summary>
    [Fact]
    public void RowsOfOneTaskHaveTheSameLosses()
    {
        using var scope = NewDisposeScope();
        var (logits, _, weights) = Sample();
        Labels own = new(tensor(new double[] { 1, 0, 2, 1, 2, 0 }), null, tensor(Owner));
        var rows = Loss.RowWeights(own.Counts(2));
        var expected = Numbers(Loss.Softmax(logits, own.Dense(2), Smoothing, weights));
        Close(expected, Loss.OwnSoftmax(logits, own, rows, smoothing: Smoothing, weights: weights));
        Close(expected[1..], Loss.OwnSoftmax(logits[.., 1..], own, rows, first: 1, smoothing: Smoothing, weights: weights[1..]));
    }

    /// <summary>The losses of the parts of a batch, weighted by their shares of the rows, are those of the batch.</summary>
    [Fact]
    public void PartsOfABatchAddUp()
    {
        using var scope = NewDisposeScope();
        var (logits, labels, weights) = Sample();
        var complete = labels with { Observed = null };
        Labels own = new(tensor(new double[] { 1, 0, 2, 1, 2, 0 }), null, tensor(Owner));
        var rows = Loss.RowWeights(own.Counts(2));
        foreach (var all in new[] { labels, complete })
        {
            AddUp(all, part => Loss.Softmax(logits.narrow(0, part.Start, part.Count), part.Labels, Smoothing, weights));
            AddUp(
                all,
                part => Loss.Softmax(logits[.., 1..].narrow(0, part.Start, part.Count), part.Labels.Tasks(1, 1), Smoothing, weights[1..]));
        }

        AddUp(own, part => Loss.OwnSoftmax(
            logits.narrow(0, part.Start, part.Count), part.Labels, rows, smoothing: Smoothing, weights: weights));
    }

    private static void AddUp(Labels labels, Func<(long Start, long Count, Labels Labels), Tensor> loss)
    {
        var parts = loss((0, 4, labels.Part(0, 4, 2))) * (4 / 6.0) + (loss((4, 2, labels.Part(4, 2, 2))) * (2 / 6.0));
        Close(Numbers(loss((0, 6, labels))), parts);
    }

    private static (Tensor Logits, Labels Labels, Tensor Weights) Sample()
    {
        var logits = randn(6, 2, 3, dtype: float64, generator: new Generator(5)).requires_grad_(true);
        var values = tensor(new double[,] { { 1, 0 }, { 0, 2 }, { 2, 0 }, { 0, 0 }, { 0, 1 }, { 1, 1 } });
        var observed = tensor(new double[,] { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 1, 1 }, { 1, 1 }, { 1, 0 } });
        return (logits, new(values * observed, observed), tensor(new[,] { { 1, 0.5, 4 }, { 2, 3, 0.25 } }));
    }

    private static double[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    private static void Close(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(Numbers(actual.flatten()), Tuple.Create), pair => Assert.Equal(pair.Item1, pair.Item2, 1e-14));
}
