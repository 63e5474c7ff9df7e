using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>The gradients of every objective agree with central differences for each parameter.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Names => [.. Variants.Keys];

    private static readonly Dictionary<string, Func<Objective>> Variants = new()
    {
        ["MtNn"] = () => ToyBinary.MtNn.Build(new(), ToyValues.Counts),
        ["Amtfl"] = () => ToyBinary.WithBias.Build(new(), ToyValues.Counts),
        ["Amtl"] = () => ToyBinary.Amtl.Build(new() { Gamma = 0.5 }, ToyValues.Counts),
        ["UAmtfl exact"] = () => ToyBinary.Exact.Build(new(), ToyValues.Counts),
        ["UAmtfl approximate"] = () => ToyBinary.Approximate.Build(new(), ToyValues.Counts),
        ["UAmtfl weight-only"] = () => ToyBinary.WeightOnly.Build(new(), ToyValues.Counts),
        ["UAmtfl regression"] = () => ToyRegression.WeightOnly.Build(new(), ToyValues.Counts),
        ["Kendall"] = () => ToyBinary.Kendall.Build(new(), ToyValues.Counts),
        ["FeatureNorm"] = () => ToyBinary.Norm.Build(new(), ToyValues.Counts),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualsCentralDifferences(string name)
    {
        using var scope = NewDisposeScope();
        var variant = Randomised(Variants[name]());
        variant.Value(ToyValues.Features, ToyValues.Targets, out _).backward();
        foreach (var (parameter, values) in variant.Network.named_parameters())
        {
            var gradient = values.grad!.flatten().data<double>().ToArray();
            for (var i = 0; i < gradient.Length; i++)
            {
                Assert.True(
                    Math.Abs(Difference(variant, values, i) - gradient[i]) < 1e-7,
                    $"{parameter}[{i}]: {gradient[i]} against {Difference(variant, values, i)}");
            }
        }
    }

    /// <summary>Reliability treats σ² in the price of transfer as a constant, so that the gradient with respect to s = log σ² is that of
    /// the likelihood alone.</summary>
    [Fact]
    public void ReliabilityHoldsSigmaConstantInThePrice()
    {
        using var scope = NewDisposeScope();
        var priced = ToyBinary.Reliability.Build(new() { Alpha = 5 }, ToyValues.Counts).FillToy();
        var free = ToyBinary.Reliability.Build(new() { Alpha = 0 }, ToyValues.Counts).FillToy();
        Assert.Equal(Gradient(free), Gradient(priced));
        Assert.NotEqual(free.Value(), priced.Value());

        static double[] Gradient(ToyBinary.Reliability.Objective v) =>
            autograd.grad([v.Value(ToyValues.Features, ToyValues.Targets, out _)], [v.Network.LogVariance])[0].data<double>().ToArray();
    }

    private static double Difference(Objective variant, Tensor values, int index)
    {
        const double Step = 1e-5;
        var flat = values.detach().view(-1);
        var old = flat[index].item<double>();
        flat[index] = tensor(old + Step);
        var above = variant.Value();
        flat[index] = tensor(old - Step);
        var below = variant.Value();
        flat[index] = tensor(old);
        return (above - below) / (2 * Step);
    }

    /// <summary>Sets all parameters to random numbers, which lie away from the kinks of |·| and ReLU.</summary>
    private static T Randomised<T>(T variant)
        where T : Objective
    {
        random.manual_seed(11);
        using var frozen = no_grad();
        foreach (var parameter in variant.Network.parameters())
        {
            parameter.copy_(randn(parameter.shape, dtype: ScalarType.Float64) * 0.5);
        }

        return variant;
    }
}
