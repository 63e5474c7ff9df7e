using UAmtfl.Data;
using UAmtfl.Losses;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>The losses of a regression agree with their definitions and their limits, and with their derivatives written by
/// hand.</summary>
public sealed class RegressionLossTests
{
    /// <summary>Residuals r = o − y on both sides of each kink.</summary>
    private static readonly double[] Residuals = [-3, -1.25, -0.5, 0.25, 0.75, 4];

    private static readonly long[] Owner = [1, 0, 1, 1, 0, 0];

    public static TheoryData<string> Names => ["Absolute", "Huber", "Quantile"];

    [Fact]
    public void TheValuesAreThoseOfTheDefinitions()
    {
        using var scope = NewDisposeScope();
        var labels = new Labels(tensor(new double[,] { { 1 }, { 1 } }), null);
        var outputs = tensor(new double[,] { { 4 }, { 0.5 } });                              // r = 3 and −½
        Assert.Equal((3 + 0.5) / 2, Loss.Absolute(outputs, labels)[0].item<double>(), 1e-15);
        Assert.Equal(((2 * (3 - 1)) + 0.125) / 2, Loss.Huber(outputs, labels, 2)[0].item<double>(), 1e-15);
        Assert.Equal(((0.1 * 3) + (0.9 * 0.5)) / 2, Loss.Quantile(outputs, labels, 0.9)[0].item<double>(), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheDerivativesAreThoseWrittenByHand(string name)
    {
        using var scope = NewDisposeScope();
        var (outputs, labels) = Sample();
        var gradient = autograd.grad([Of(name, outputs, new(labels, null)).sum()], [outputs])[0].flatten().data<double>().ToArray();
        Close([.. Residuals.Select(r => Derivative(name, r) / Residuals.Length)], gradient);
    }

    [Fact]
    public void HuberWithALargeDeltaIsHalfTheSquaredError()
    {
        using var scope = NewDisposeScope();
        var (outputs, values) = Sample();
        Labels labels = new(values, null);
        Assert.Equal(Loss.Squared(outputs, labels)[0].item<double>() / 2, Loss.Huber(outputs, labels, 1e3)[0].item<double>(), 1e-15);
    }

    [Fact]
    public void HuberWithASmallDeltaIsDeltaTimesTheAbsoluteError()
    {
        using var scope = NewDisposeScope();
        var (outputs, values) = Sample();
        Labels labels = new(values, null);
        Assert.Equal(Loss.Absolute(outputs, labels)[0].item<double>(), Loss.Huber(outputs, labels, 1e-9)[0].item<double>() / 1e-9, 1e-8);
    }

    [Fact]
    public void TheMedianIsHalfTheAbsoluteError()
    {
        using var scope = NewDisposeScope();
        var (outputs, values) = Sample();
        Labels labels = new(values, null);
        Assert.Equal(Loss.Absolute(outputs, labels)[0].item<double>() / 2, Loss.Quantile(outputs, labels, 0.5)[0].item<double>(), 1e-15);
    }

    /// <summary>Of 100 labels 1, 2, …, no constant has a smaller quantile loss at the level τ than the label that 100 τ labels do not
    /// exceed.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void TheQuantileHasTheSmallestLoss(double level)
    {
        using var scope = NewDisposeScope();
        var labels = new Labels(arange(1, 101, dtype: float64).unsqueeze(1), null);
        double At(double constant) => Loss.Quantile(full(100, 1, constant, dtype: float64), labels, level)[0].item<double>();
        var least = At(100 * level);
        Assert.True(At((100 * level) - 1.5) > least && At((100 * level) + 2.5) > least);
    }

    /// <summary>What stands in the place of missing labels changes neither losses nor gradients, to the last bit, and a task without any
    /// label has loss 0.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void MissingLabelsChangeNothing(string name)
    {
        using var scope = NewDisposeScope();
        var (one, values) = Sample();
        var outputs = cat([one, one], 1).detach().requires_grad_(true);
        var observed = stack([tensor(new double[] { 1, 0, 1, 1, 0, 1 }), zeros(6, dtype: float64)], 1);
        var both = cat([values, values], 1);
        var loss = Of(name, outputs, new(both * observed, observed));
        var junk = Of(name, outputs, new((both * observed) + ((1 - observed) * 7), observed));
        var seen = tensor(new long[] { 0, 2, 3, 5 });
        Assert.Equal(Numbers(loss), Numbers(junk));
        Assert.Equal(0, loss[1].item<double>());
        var alone = Of(name, one.index_select(0, seen), new(values.index_select(0, seen), null));
        Assert.Equal(alone[0].item<double>(), Numbers(loss)[0], 1e-15);
        var gradient = autograd.grad([loss.sum()], [outputs])[0];
        Assert.Equal(Numbers(gradient), Numbers(autograd.grad([junk.sum()], [outputs])[0]));
        Assert.Equal(0, gradient.mul(1 - observed).abs().max().item<double>());
    }

    /// <summary>If rows belong to one task each, the losses on the whole set are those of a label matrix in which the other labels are
    /// missing.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void RowsOfOneTaskHaveTheSameLosses(string name)
    {
        using var scope = NewDisposeScope();
        var (one, values) = Sample();
        var outputs = cat([one, one * 0.5], 1);
        Labels own = new(values.squeeze(1), null, tensor(Owner));
        var weights = Loss.RowWeights(own.Counts(2));
        var expected = Of(name, outputs, own.Dense(2));
        var losses = name switch
        {
            "Absolute" => Loss.OwnAbsolute(outputs, own, weights),
            "Huber" => Loss.OwnHuber(outputs, own, weights, 0.5),
            _ => Loss.OwnQuantile(outputs, own, weights, 0.9),
        };
        Close(Numbers(expected), Numbers(losses));
        var second = name switch
        {
            "Absolute" => Loss.OwnAbsolute(outputs[.., 1..], own, weights, first: 1),
            "Huber" => Loss.OwnHuber(outputs[.., 1..], own, weights, 0.5, first: 1),
            _ => Loss.OwnQuantile(outputs[.., 1..], own, weights, 0.9, first: 1),
        };
        Close(Numbers(expected)[1..], Numbers(second));
    }

    private static Tensor Of(string name, Tensor outputs, Labels labels) => name switch
    {
        "Absolute" => Loss.Absolute(outputs, labels),
        "Huber" => Loss.Huber(outputs, labels, 0.5),
        _ => Loss.Quantile(outputs, labels, 0.9),
    };

    private static double Derivative(string name, double r) => name switch
    {
        "Absolute" => Math.Sign(r),
        "Huber" => Math.Clamp(r, -0.5, 0.5),
        _ => r > 0 ? 0.1 : -0.9,
    };

    private static (Tensor Outputs, Tensor Labels) Sample()
    {
        var labels = tensor(new[] { 0.5, -1, 2, 0, 1.5, -0.75 }).unsqueeze(1);
        return ((tensor(Residuals).unsqueeze(1) + labels).requires_grad_(true), labels);
    }

    private static double[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }
}
