using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>Cross-entropies with a weight of label 1 and with smoothed labels agree with their definitions and limits.</summary>
public sealed class LabelWeightTests
{
    private const double Smoothing = 0.2;
    private static readonly double[] Weights = [3, 0.5];

    [Fact]
    public void TheValuesAreThoseOfTheDefinitions()
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[,] { { 0.7, 0.7 } });
        var labels = new Labels(tensor(new double[,] { { 1, 0 } }), null);
        var (one, zero) = (Math.Log(1 + Math.Exp(-0.7)), Math.Log(1 + Math.Exp(0.7)));
        Close([3 * one, zero], Loss.Binary(outputs, labels, tensor(Weights)));
        Close([(0.9 * one) + (0.1 * zero), (0.1 * one) + (0.9 * zero)], Loss.Binary(outputs, labels, smoothing: Smoothing));
        Close(
            [(3 * 0.9 * one) + (0.1 * zero), (0.5 * 0.1 * one) + (0.9 * zero)],
            Loss.Binary(outputs, labels, tensor(Weights), Smoothing));
    }

    [Fact]
    public void SmoothedClassesAreThoseOfTheDefinition()
    {
        using var scope = NewDisposeScope();
        var loss = Loss.Softmax(tensor(new double[,,] { { { 1, 2, 3 } } }), new Labels(tensor(new double[,] { { 1 } }), null), 0.3);
        var all = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3));
        Close([(0.7 * (all - 2)) + (0.1 * ((all - 1) + (all - 2) + (all - 3)))], loss);
    }

    [Fact]
    public void WeightOneAndNoSmoothingAreThePlainLossesToTheLastBit()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var (plain, gradient) = Both(outputs, Loss.Binary(outputs, labels));
        var (weighted, same) = Both(outputs, Loss.Binary(outputs, labels, ones(2, dtype: float64), 0));
        Assert.Equal(Numbers(plain), Numbers(weighted));
        Assert.Equal(Numbers(gradient), Numbers(same));
        var logits = stack([outputs, -outputs, outputs * 2], 2);
        Assert.Equal(Numbers(Loss.Softmax(logits, labels)), Numbers(Loss.Softmax(logits, labels, 0)));
    }

    [Fact]
    public void TheDerivativeIsThatWrittenByHand()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var (_, gradient) = Both(outputs, Loss.Binary(outputs, labels, tensor(Weights), Smoothing));
        var (p, y) = (1 / (1 + (-outputs.detach()).exp()), (labels.Values * (1 - Smoothing)) + (Smoothing / 2));
        var expected = (((1 - y) * p) - (tensor(Weights) * y * (1 - p))) * labels.Observed! / labels.Observed!.sum(dim: 0);
        Close(Numbers(expected), gradient);
    }

    /// <summary>A whole number as weight counts like so many rows.</summary>
    [Fact]
    public void AWeightOfThreeIsThreeRows()
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[] { 0.3, -1, 0.8, 2 }).unsqueeze(1);
        var rows = tensor(new long[] { 0, 0, 0, 1, 2, 2, 2, 3 });
        var values = tensor(new double[] { 1, 0, 1, 0 }).unsqueeze(1);
        var weighted = Loss.Binary(outputs, new(values, null), tensor(new double[] { 3 })) * 4;
        var repeated = Loss.Binary(outputs.index_select(0, rows), new(values.index_select(0, rows), null)) * 8;
        Close(Numbers(repeated), weighted);
    }

    /// <summary>A binary task is a classification into two classes whose logits are 0 and o.</summary>
    [Fact]
    public void TwoClassesAreABinaryTask()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var logits = stack([zeros_like(outputs), outputs], 2);
        Close(Numbers(Loss.Binary(outputs, labels, smoothing: Smoothing)), Loss.Softmax(logits, labels, Smoothing));
    }

    [Fact]
    public void MissingLabelsChangeNothing()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var junk = labels with { Values = labels.Values + (1 - labels.Observed!) };
        var (loss, gradient) = Both(outputs, Loss.Binary(outputs, labels, tensor(Weights), Smoothing));
        var (other, same) = Both(outputs, Loss.Binary(outputs, junk, tensor(Weights), Smoothing));
        Assert.Equal(Numbers(loss), Numbers(other));
        Assert.Equal(Numbers(gradient), Numbers(same));
        Assert.Equal(0, gradient.mul(1 - labels.Observed!).abs().max().item<double>());
        var none = labels with { Observed = zeros_like(labels.Values) };
        Assert.Equal([0.0, 0], Numbers(Loss.Binary(outputs, none, tensor(Weights), Smoothing)));
        Assert.Equal([0.0, 0], Numbers(Loss.Softmax(stack([outputs, -outputs], 2), none, Smoothing)));
    }

    /// <summary>If rows belong to one task each, the losses on the whole set are those of a label matrix in which the other labels are
    /// missing, also for the last tasks alone.</summary>
    [Fact]
    public void RowsOfOneTaskHaveTheSameLosses()
    {
        using var scope = NewDisposeScope();
        var (outputs, _) = Sample();
        Labels own = new(tensor(new double[] { 1, 0, 1, 1, 0, 0 }), null, tensor(new long[] { 1, 0, 1, 1, 0, 0 }));
        var (rows, dense, positive) = (Loss.RowWeights(own.Counts(2)), own.Dense(2), tensor(Weights));
        var expected = Numbers(Loss.Binary(outputs, dense, positive, Smoothing));
        Close(expected, Loss.OwnBinary(outputs, own, rows, positive: positive, smoothing: Smoothing));
        Close(expected[1..], Loss.OwnBinary(outputs[.., 1..], own, rows, first: 1, positive: positive[1..], smoothing: Smoothing));
        var logits = stack([outputs, -outputs, outputs * 2], 2);
        Close(Numbers(Loss.Softmax(logits, dense, Smoothing)), Loss.OwnSoftmax(logits, own, rows, smoothing: Smoothing));
    }

    private static (Tensor Outputs, Labels Labels) Sample()
    {
        var outputs = tensor(new[,] { { 0.3, -1 }, { 2, 0.1 }, { -0.7, 1.5 }, { 0.9, -0.2 }, { -2.5, 0.4 }, { 1.1, 3 } });
        var values = tensor(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 0 }, { 0, 0 }, { 0, 1 }, { 1, 1 } });
        var observed = tensor(new double[,] { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 1, 1 }, { 1, 1 }, { 1, 0 } });
        return (outputs.requires_grad_(true), new(values * observed, observed));
    }

    private static (Tensor Loss, Tensor Gradient) Both(Tensor outputs, Tensor loss) =>
        (loss.detach(), autograd.grad([loss.sum()], [outputs])[0]);

    private static double[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    private static void Close(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(Numbers(actual.flatten()), Tuple.Create), pair => Assert.Equal(pair.Item1, pair.Item2, 1e-14));
}
