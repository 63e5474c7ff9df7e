namespace UAmtfl.Tests.Numerics;

/// <summary>Objectives on the toy problem equal values that were computed by another program to ten digits.</summary>
public sealed class ReferenceValueTests
{
    private const double Tolerance = 1e-9;

    // 3 times the γ of the objective, because eq. 6 has the sum of the reconstruction over the 3 samples where the objective has the
    // mean.
    private const double SumGamma = 0.03;

    [Fact]
    public void BinaryLosses()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var losses = ToyBinary.MtNn.Build(new(), ToyValues.Counts).FillToy().Losses();
        Assert.Equal(0.6901423883, losses[0], 1e-9);
        Assert.Equal(0.5421903660, losses[1], 1e-9);
    }

    [Fact]
    public void AmtflAsPrinted()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(
            1.361958526880, ToyBinary.Printed.Build(new() { Gamma = SumGamma, Floor = 0 }, ToyValues.Counts).FillToy().Value(), Tolerance);
    }

    [Fact]
    public void AmtflAsTheAuthorsProgram()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(1.335449468429, ToyBinary.Printed.Build(new(), ToyValues.Counts).FillToy().Value(), Tolerance);
    }

    [Fact]
    public void UAmtflExactLiteral()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var variant = ToyBinary.Exact.Build(new() { Floor = 0 }, ToyValues.Counts).FillToy();
        Assert.Equal([0.6886788336, 0.4966158840], variant.Losses().Select(l => Math.Round(l, 10)));
        Assert.Equal(
            1.311186718291, ToyBinary.Exact.Build(new() { Gamma = SumGamma, Floor = 0 }, ToyValues.Counts).FillToy().Value(), Tolerance);
    }

    [Fact]
    public void UAmtflApproximateWeightOnly()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(
            1.384216121351,
            ToyBinary.WeightOnly.Build(new() { Gamma = SumGamma, Floor = 0 }, ToyValues.Counts).FillToy().Value(),
            Tolerance);
    }

    [Fact]
    public void UAmtflRegression()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        Assert.Equal(
            [0.4433333333, 0.26],
            ToyRegression.Printed.Build(new() { Floor = 0 }, ToyValues.Counts).FillToy().Losses().Select(l => Math.Round(l, 10)));
        Assert.Equal(
            0.370736612532,
            ToyRegression.Literal.Build(new() { Gamma = SumGamma, Floor = 0 }, ToyValues.Counts).FillToy().Value(),
            Tolerance);
        Assert.Equal(
            0.376736612532,
            ToyRegression.WeightOnly.Build(new() { Gamma = SumGamma, Floor = 0 }, ToyValues.Counts).FillToy().Value(),
            Tolerance);
        Assert.Equal(
            0.484358585061,
            ToyRegression.Reliability.Build(new() { Gamma = SumGamma, Floor = 0 }, ToyValues.Counts).FillToy().Value(),
            Tolerance);
    }

    [Fact]
    public void FloorIsNormalisedByTheMeanCount()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var floor = Sharing.Transfer.Floor(0.001, ToyValues.Counts).data<double>().ToArray();
        Assert.Equal(7.416198e-4, floor[0], 1e-10);
        Assert.Equal(2.3452079e-3, floor[1], 1e-10);
    }
}
