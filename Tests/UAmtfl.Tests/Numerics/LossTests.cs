using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>Losses agree with their definitions, ignore missing labels, and are the same for all tasks at once as for each
/// alone.</summary>
public sealed class LossTests
{
    public static TheoryData<string> Kinds => ["Binary", "Squared", "Softmax"];

    [Fact]
    public void BinaryIsLogTwoAtZeroAndFiniteFarOut()
    {
        using var scope = NewDisposeScope();
        var labels = new Labels(tensor(new double[,] { { 1, 0 } }), null);
        Assert.Equal(Math.Log(2), Loss.Binary(zeros(1, 2, dtype: ScalarType.Float64), labels)[0].item<double>(), 1e-15);
        var far = Loss.Binary(tensor(new double[,] { { -1e4, 1e4 } }), labels);
        Assert.Equal([1e4, 1e4], far.data<double>().ToArray());
    }

    [Fact]
    public void SoftmaxIsMinusLogProbability()
    {
        using var scope = NewDisposeScope();
        var loss = Loss.Softmax(tensor(new double[,,] { { { 1, 2, 3 } } }), new Labels(tensor(new double[,] { { 1 } }), null));
        Assert.Equal(-Math.Log(Math.Exp(2) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3))), loss[0].item<double>(), 1e-14);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AllTasksAtOnceEqualOneByOne(string kind)
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample(kind, 40, 7, missing: true);
        var together = Of(kind, outputs, labels);
        for (var t = 0; t < 7; t++)
        {
            Assert.Equal(Of(kind, outputs.narrow(1, t, 1), labels.Tasks(t, 1))[0].item<double>(), together[t].item<double>(), 1e-12);
        }
    }

    /// <summary>The numbers in the place of missing labels, and rows without any label, change neither losses nor gradients, to the last
    /// bit.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void MissingLabelsChangeNothing(string kind)
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample(kind, 40, 7, missing: true);
        var junk = new Labels(labels.Values + (1 - labels.Observed!), labels.Observed);
        var (more, _) = Sample(kind, 24, 7, missing: false);
        var longer = cat([outputs, more]).detach().requires_grad_(true);
        var longerLabels = new Labels(
            cat([junk.Values, ones(24, 7, dtype: ScalarType.Float64)]), cat([labels.Observed!, zeros(24, 7, dtype: ScalarType.Float64)]));

        var (loss, gradient) = Both(kind, outputs, labels);
        var (junkLoss, junkGradient) = Both(kind, outputs, junk);
        var (longLoss, longGradient) = Both(kind, longer, longerLabels);

        Assert.Equal(Values(loss), Values(junkLoss));
        Assert.Equal(Values(gradient), Values(junkGradient));
        Assert.Equal(Values(loss), Values(longLoss));
        Assert.Equal(Values(gradient), Values(longGradient.narrow(0, 0, 40)));
        Assert.Equal(0, longGradient.narrow(0, 40, 24).abs().max().item<double>());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void MeansAreOverTheObservedLabels(string kind)
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample(kind, 40, 1, missing: true);
        var rows = labels.Observed!.flatten().nonzero().flatten();
        var seen = new Labels(labels.Values.index_select(0, rows), null);
        Assert.Equal(Of(kind, outputs.index_select(0, rows), seen)[0].item<double>(), Of(kind, outputs, labels)[0].item<double>(), 1e-12);
    }

    [Fact]
    public void ATaskWithoutLabelsHasLossZeroAndNoGradient()
    {
        using var scope = NewDisposeScope();
        var outputs = randn(5, 2, dtype: ScalarType.Float64).requires_grad_(true);
        var observed = cat([ones(5, 1, dtype: ScalarType.Float64), zeros(5, 1, dtype: ScalarType.Float64)], 1);
        var loss = Loss.Squared(outputs, new Labels(zeros(5, 2, dtype: ScalarType.Float64), observed));
        loss.sum().backward();
        Assert.Equal(0, loss[1].item<double>());
        Assert.Equal(0, outputs.grad!.select(1, 1).abs().max().item<double>());
        Assert.True(loss[0].item<double>() > 0);
    }

    private static (Tensor Loss, Tensor Gradient) Both(string kind, Tensor outputs, Labels labels)
    {
        var loss = Of(kind, outputs, labels);
        return (loss.detach(), autograd.grad([loss.sum()], [outputs])[0]);
    }

    /// <summary>The exact values; comparing doubles takes 0 and −0 as equal.</summary>
    private static double[] Values(Tensor tensor) => tensor.contiguous().data<double>().ToArray();

    private static Tensor Of(string kind, Tensor outputs, Labels labels) => kind switch
    {
        "Binary" => Loss.Binary(outputs, labels),
        "Squared" => Loss.Squared(outputs, labels),
        _ => Loss.Softmax(outputs, labels),
    };

    private static (Tensor Outputs, Labels Labels) Sample(string kind, int rows, int tasks, bool missing)
    {
        random.manual_seed(5);
        long[] shape = kind == "Softmax" ? [rows, tasks, 3] : [rows, tasks];
        var outputs = randn(shape, dtype: ScalarType.Float64).requires_grad_(true);
        var values = kind == "Squared"
            ? randn(rows, tasks, dtype: ScalarType.Float64)
            : randint(0, 2, [rows, tasks]).to(ScalarType.Float64);
        var observed = (rand(rows, tasks) > 0.3).to(ScalarType.Float64);
        return (outputs, missing ? new(values * observed, observed) : new(values, null));
    }
}
