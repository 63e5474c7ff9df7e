using UAmtfl.Weighting.LossBased;
using static UAmtfl.Testing.LossWeightingToys;

namespace UAmtfl.Tests.Numerics.Weighting;

/// <summary>Values of loss-based weightings equal those that another program computed to ten digits.</summary>
public sealed class LossWeightingReferenceTests
{
    [Fact]
    public void GeometricMean()
    {
        var weighting = Double(new GeometricMean(3));
        Assert.Equal(1, weighting.Value(Three), 1e-12);
        Near([1 / 6.0, 2 / 3.0, 1 / 3.0], weighting.Weights(Three));
    }

    [Fact]
    public void ImtlL()
    {
        var weighting = Double(new ImtlL(3));
        Assert.Equal(3.5, weighting.Value(Three), 1e-12);
        Near([1, -0.5, 0], weighting.OwnGradient(Three));
        weighting.SetOwn([.. Three.Select(l => -Math.Log(l))]);
        Assert.Equal(3, weighting.Value(Three), 1e-12);
        Near([0, 0, 0], weighting.OwnGradient(Three));
    }

    /// <summary>At σ = 1 each term is L/2 + log 2. The minimum over σ² is the solution of σ⁴ = L/2 · (1 + σ²).</summary>
    [Fact]
    public void RevisedUncertainty()
    {
        var weighting = Double(new RevisedUncertainty(3));
        Assert.Equal((3.5 / 2) + (3 * Math.Log(2)), weighting.Value(Three), 1e-12);
        Near([0.5, 0.5, 0.5], weighting.Weights(Three));
        weighting.SetOwn([.. Three.Select(l => Math.Log(((l / 2) + Math.Sqrt((l * l / 4) + (2 * l))) / 2))]);
        Near([0, 0, 0], weighting.OwnGradient(Three));
    }

    [Fact]
    public void DwaNeedsTheMeansOfTwoEpochs()
    {
        var weighting = Double(new Dwa(3, 2));
        Near([1, 1, 1], weighting.Weights(Three), 0);
        weighting.EndEpoch(2, 5, 3);
        Near([1, 1, 1], weighting.Weights(Three), 1e-15);
        weighting.EndEpoch(0.9 * 2, 0.8 * 5, 3);
        Near([0.9991671872, 0.9504372285, 1.0503955843], weighting.Weights(Three));
    }

    [Fact]
    public void DwaTakesARatioThatDoesNotExistAsOne()
    {
        var weighting = Double(new Dwa(3, 2));
        weighting.EndEpoch(2, double.NaN, 0);
        weighting.EndEpoch(0.9 * 2, 7, 3);
        double[] exponentials = [Math.Exp(0.45), Math.Exp(0.5), Math.Exp(0.5)];
        Near([.. exponentials.Select(e => 3 * e / exponentials.Sum())], weighting.Weights(Three), 1e-14);
    }

    [Fact]
    public void Famo()
    {
        var weighting = Double(new Famo(3, 0.025, 0.001));
        var weights = weighting.Weights(Three);
        Near([0.1428571443, 0.5714285686, 0.2857142871], weights, 1e-10);
        Assert.Equal(1, weights.Sum(), 1e-12);
        weighting.EndStep(1.8, 0.49, 1);
        // After one step of Adam the first moment is 0.1 times the gradient. The reference does not add 1e-8 to the losses.
        Near([0.00211687027, -0.00072172334, -0.00139514692], weighting.Saved("first.numbers"), 1e-10);
        Near([-0.025, 0.025, 0.025], weighting.Saved("w.numbers"), 1e-6);
    }

    [Fact]
    public void Stch()
    {
        var weighting = Double(new Stch(3, 0.1));
        Assert.Equal(0.670820386810, weighting.Value(Three), 1e-9);
        Assert.Equal(1 / 3.0, weighting.Weights(Three).Sum(), 1e-12);
    }

    /// <summary>Both phases are computed by hand: Σ log L, then 3μ log Σ exp((x − max x)/μ).</summary>
    [Fact]
    public void LogStch()
    {
        var weighting = Double(new LogStch(3, 0.5, 2));
        Assert.Equal(0, weighting.Value(Three), 1e-12);
        Near([0.5, 2, 1], weighting.Weights(Three));
        weighting.EndEpoch(7, 7, 7);
        Near([0.5, 2, 1], weighting.Weights(Three));
        weighting.EndEpoch(4, 2, 1);
        double[] x = [Math.Log(0.5), Math.Log(0.25), 0], e = [.. x.Select(v => Math.Exp(v / 0.5))];
        Assert.Equal(1.5 * Math.Log(e.Sum()), weighting.Value(Three), 1e-12);
        Near([.. e.Select((v, t) => 3 * v / e.Sum() / Three[t])], weighting.Weights(Three));
        weighting.EndEpoch(9, 9, 9);
        Assert.Equal(1.5 * Math.Log(e.Sum()), weighting.Value(Three), 1e-12);
    }

    [Fact]
    public void Lbtw()
    {
        var weighting = Double(new Lbtw(3, 0.5, everyEpoch: false));
        Near([1, 1, 1], weighting.Weights(4, 1, 1), 1e-14);
        Near([0.8786796564, 0.8786796564, 1.2426406871], weighting.Weights(Three));
        weighting.EndEpoch(1, 1, 1);
        Near([0.8786796564, 0.8786796564, 1.2426406871], weighting.Weights(Three));
    }

    [Fact]
    public void LbtwOfEveryEpochTakesItsFirstBatch()
    {
        var weighting = Double(new Lbtw(3, 0.5, everyEpoch: true));
        Near([1, 1, 1], weighting.Weights(9, 3, 2), 1e-14);
        weighting.EndEpoch(1, 1, 1);
        Near([1, 1, 1], weighting.Weights(4, 1, 1), 1e-14);
        Near([0.8786796564, 0.8786796564, 1.2426406871], weighting.Weights(Three));
    }

    /// <summary>For L = (2, 0.5, 1) and r = (1, 2, 2) it holds that rᵀL = 5, ‖r‖ = 3, ‖L‖² = 5.25, d₁ = 5/3 and d₂² = 5.25 −
    /// 25/9.</summary>
    [Fact]
    public void CosmosAndPbi()
    {
        Assert.Equal(5 - (0.7 * 5 / 3 / Math.Sqrt(5.25)), Double(new Cosmos(3, [1, 2, 2], 0.7)).Value(Three), 1e-12);
        Assert.Equal((5 / 3.0) + (5 * Math.Sqrt(5.25 - (25 / 9.0))), Double(new Pbi(3, [1, 2, 2], 5)).Value(Three), 1e-12);
    }

    [Fact]
    public void EqualAndConstant()
    {
        Assert.Equal(3.5, Double(new Equal(3, mean: false)).Value(Three), 1e-15);
        Assert.Equal(3.5 / 3, Double(new Equal(3, mean: true)).Value(Three), 1e-15);
        Near([0.1, -2, 3], Double(new Constant(3, [0.1, -2, 3])).Weights(Three), 0);
    }
}
