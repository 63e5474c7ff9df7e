using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>Losses of labels that are probabilities of classes are means of the losses of the classes.</summary>
public sealed class SoftLabelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void TheSoftmaxLossIsTheMeanOverTheClasses(double smoothing)
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,,] { { { 1, 2, -1 }, { 0.5, 0, 3 } }, { { 0, 1, 1 }, { 2, -2, 0 } } });
        var shares = tensor(new double[,,] { { { 0.2, 0.5, 0.3 }, { 1, 0, 0 } }, { { 0.1, 0.1, 0.8 }, { 0, 0.6, 0.4 } } });
        var soft = Loss.Softmax(logits, new(zeros(2, 2, float64), null) { Probabilities = shares }, smoothing);
        var expected = zeros(2, float64);
        for (var k = 0; k < 3; k++)
        {
            for (var row = 0; row < 2; row++)
            {
                var one = new Labels(full(1, 2, k, dtype: float64), null);
                expected += shares[row].select(1, k) * Loss.Softmax(logits.narrow(0, row, 1), one, smoothing) / 2;
            }
        }

        Close(expected, soft);
    }

    [Fact]
    public void CertainClassesAreThePlainLossWithWeightsToo()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,,] { { { 1, 2, -1 } }, { { 0, 1, 1 } } });
        var labels = new Labels(tensor(new double[,] { { 2 }, { 0 } }), null);
        var shares = tensor(new double[,,] { { { 0, 0, 1 } }, { { 1, 0, 0 } } });
        var weights = tensor(new double[,] { { 3, 1, 0.5 } });
        Close(Loss.Softmax(logits, labels, 0.1, weights), Loss.Softmax(logits, labels with { Probabilities = shares }, 0.1, weights));
    }

    [Fact]
    public void TheBinaryLossIsTheMeanOverTheClasses()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new double[,] { { 0.7 } });
        Tensor Of(double label) => Loss.Binary(logits, new(tensor(new[,] { { label } }), null));
        Close((0.7 * Of(0)) + (0.3 * Of(1)), Of(0.3));
    }

    [Fact]
    public void ViewsKeepTheProbabilitiesOfTheirRowsAndTasks()
    {
        using var scope = NewDisposeScope();
        var shares = rand(6, 3, 4, float64);
        var labels = new Labels(rand(6, 3, float64), null) { Probabilities = shares };
        Close(shares.narrow(0, 2, 3), labels.Rows(2, 3).Probabilities!);
        Close(shares.narrow(1, 1, 2), labels.Tasks(1, 2).Probabilities!);
        Close(shares.index_select(0, tensor(new long[] { 5, 0 })), labels.Select(tensor(new long[] { 5, 0 })).Probabilities!);
        var part = labels.Part(1, 2, 3);
        Close(shares.narrow(0, 1, 2), part.Probabilities!);
        Close(shares, part.Whole.Probabilities!);
        Close(shares.narrow(1, 2, 1), part.Tasks(2, 1).Whole.Probabilities!);
    }

    private static void Close(Tensor expected, Tensor actual) =>
        Assert.Equal(0, (expected - actual).abs().max().item<double>(), 14);
}
