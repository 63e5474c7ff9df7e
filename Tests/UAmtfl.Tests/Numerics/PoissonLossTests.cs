using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace UAmtfl.Tests.Numerics;

/// <summary>The loss of counts agrees with its definition, its derivative written by hand, and libtorch's.</summary>
public sealed class PoissonLossTests
{
    private static readonly double[] Counts = [0, 1, 2, 7, 0.5, 3];

    [Fact]
    public void TheValueIsHalfTheDeviance()
    {
        using var scope = NewDisposeScope();
        var labels = new Labels(tensor(new double[,] { { 0 }, { 3 } }), null);
        var outputs = tensor(new[,] { { Math.Log(2) }, { Math.Log(5) } });
        var second = 5 - 3 - (3 * Math.Log(5 / 3.0));
        Assert.Equal((2 + second) / 2, Loss.Poisson(outputs, labels)[0].item<double>(), 1e-15);
    }

    [Fact]
    public void TheDerivativeIsTheRateMinusTheLabel()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var gradient = autograd.grad([Loss.Poisson(outputs, new(labels, null)).sum()], [outputs])[0];
        Close(Numbers((outputs.exp() - labels) / Counts.Length), gradient);
    }

    /// <summary>libtorch's loss differs by a number that depends on the labels alone.</summary>
    [Fact]
    public void LibtorchHasTheSameLossButForAConstant()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        double Difference(Tensor values) => Loss.Poisson(values, new(labels, null))[0].item<double>()
            - F.poisson_nll_loss(values, labels).item<double>();
        var constant = Counts.Average(y => y == 0 ? 0 : (y * Math.Log(y)) - y);
        Assert.Equal(constant, Difference(outputs), 1e-14);
        Assert.Equal(constant, Difference(outputs * -0.5), 1e-14);
    }

    /// <summary>No output has a smaller loss than the logarithm of the label, where it is 0; methods that take the logarithm of a loss, or
    /// that put a price on it, need that.</summary>
    [Fact]
    public void TheLossIsZeroAtTheLabelAndAboveItElsewhere()
    {
        using var scope = NewDisposeScope();
        var labels = new Labels(tensor(new double[,] { { 4 } }), null);
        double At(double output) => Loss.Poisson(tensor(new[,] { { output } }), labels)[0].item<double>();
        Assert.Equal(0, At(Math.Log(4)), 1e-15);
        Assert.True(At(Math.Log(4) - 1e-3) > 1e-7 && At(Math.Log(4) + 1e-3) > 1e-7);
    }

    [Fact]
    public void MissingLabelsChangeNothing()
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var observed = tensor(new double[] { 1, 0, 1, 1, 0, 1 }).unsqueeze(1);
        var (loss, gradient) = Both(outputs, new Labels(labels * observed, observed));
        var (other, same) = Both(outputs, new Labels((labels * observed) + ((1 - observed) * 7), observed));
        Assert.Equal(Numbers(loss), Numbers(other));
        Assert.Equal(Numbers(gradient), Numbers(same));
        Assert.Equal(0, gradient.mul(1 - observed).abs().max().item<double>());
        Assert.Equal(0, Loss.Poisson(outputs, new(labels, zeros_like(labels)))[0].item<double>());
    }

    /// <summary>If rows belong to one task each, the losses on the whole set are those of a label matrix in which the other labels are
    /// missing. The labels of tasks that are no counts may be negative.</summary>
    [Fact]
    public void RowsOfOneTaskHaveTheSameLosses()
    {
        using var scope = NewDisposeScope();
        var (one, values) = Sample();
        var outputs = cat([one, one * 0.5], 1);
        Labels own = new(values.squeeze(1), null, tensor(new long[] { 1, 0, 1, 1, 0, 0 }));
        var weights = Loss.RowWeights(own.Counts(2));
        var expected = Numbers(Loss.Poisson(outputs, own.Dense(2)));
        Close(expected, Loss.OwnPoisson(outputs, own, weights));
        var negative = own with { Values = where(own.Owner!.eq(0), -own.Values - 1, own.Values) };
        var (loss, gradient) = Both(one, (Tensor l) => Loss.OwnPoisson(l * 0.5, negative, weights, first: 1));
        Close(expected[1..], loss);
        Assert.True(gradient.isfinite().all().item<bool>());
    }

    private static (Tensor Outputs, Tensor Labels) Sample() =>
        (tensor(new[] { 0.3, -1, 2, 1.5, -0.5, 0 }).unsqueeze(1).requires_grad_(true), tensor(Counts).unsqueeze(1));

    private static (Tensor Loss, Tensor Gradient) Both(Tensor outputs, Labels labels) =>
        Both(outputs, (Tensor o) => Loss.Poisson(o, labels));

    private static (Tensor Loss, Tensor Gradient) Both(Tensor outputs, Func<Tensor, Tensor> loss) =>
        loss(outputs) is var values ? (values.detach(), autograd.grad([values.sum()], [outputs])[0]) : default;

    private static double[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    private static void Close(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(Numbers(actual.flatten()), Tuple.Create), pair => Assert.Equal(pair.Item1, pair.Item2, 1e-14));
}
