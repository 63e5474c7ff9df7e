using UAmtfl.Data;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>Cases in which one method must equal another, or has a known property.</summary>
public sealed class LimitCaseTests
{
    private const double Exact = 1e-14;

    [Fact]
    public void AmtflWithoutTransferIsMtNn()
    {
        using var scope = NewDisposeScope();
        var amtfl = ToyBinary.Printed.Build(new() { Alpha = 0, Gamma = 0, Floor = 0 }, ToyValues.Counts).FillToy();
        var plain = ToyBinary.MtNn.Build(new(), ToyValues.Counts).FillToy();
        Assert.Equal(plain.Value(), amtfl.Value(), Exact);
        Assert.Equal(HeadGradient(plain), HeadGradient(amtfl));
    }

    [Fact]
    public void AmtlWithoutTransferIsMtNn()
    {
        using var scope = NewDisposeScope();
        var plain = ToyBinary.MtNn.Build(new(), ToyValues.Counts).FillToy();
        Assert.Equal(
            plain.Value(), ToyBinary.Amtl.Build(new() { Alpha = 0, Gamma = 0, Floor = 0 }, ToyValues.Counts).FillToy().Value(), Exact);
    }

    [Fact]
    public void AmtlWithZeroTransferPenalisesTheHeads()
    {
        using var scope = NewDisposeScope();
        var plain = ToyBinary.MtNn.Build(new(), ToyValues.Counts).FillToy().Value();
        var norm = ToyValues.Heads.Cast<double>().Sum(w => w * w);
        Assert.Equal(
            plain + (0.5 * norm), ToyBinary.Amtl.Build(new() { Gamma = 0.5, Floor = 0 }, ToyValues.Counts).FillToy().Value(), Exact);
    }

    [Fact]
    public void SigmaOneIsDeepAmtfl()
    {
        using var scope = NewDisposeScope();
        var amtfl = ToyBinary.Printed.Build(new(), ToyValues.Counts).FillToy();
        foreach (var variant in new Objective[]
        {
            ToyBinary.Exact.Build(new(), ToyValues.Counts), ToyBinary.Approximate.Build(new(), ToyValues.Counts),
            ToyBinary.WeightOnly.Build(new(), ToyValues.Counts), ToyBinary.SharedSigma.Build(new(), ToyValues.Counts),
        })
        {
            variant.Fill(("HeadWeight", tensor(ToyValues.Heads)), ("Feedback", tensor(ToyValues.Feedback)));
            Assert.Equal(amtfl.Value(), variant.Value(), Exact);
            Assert.Equal(HeadGradient(amtfl), HeadGradient(variant));
        }
    }

    [Fact]
    public void SigmaOneHalvesTheDataTermOfRegression()
    {
        using var scope = NewDisposeScope();
        var amtfl = ToyRegression.Printed.Build(new() { Floor = 0 }, ToyValues.Counts).FillToy();
        var u = ToyRegression.WeightOnly.Build(new() { Floor = 0 }, ToyValues.Counts)
            .Fill(("HeadWeight", tensor(ToyValues.Heads)), ("Feedback", tensor(ToyValues.Feedback)));
        Assert.Equal(amtfl.Losses().Select(l => l / 2), u.Losses());
    }

    [Fact]
    public void SharedSigmaIsEqualSigmas()
    {
        using var scope = NewDisposeScope();
        var shared = ToyBinary.SharedSigma.Build(new(), ToyValues.Counts)
            .Fill(
                ("HeadWeight", tensor(ToyValues.Heads)), ("Feedback", tensor(ToyValues.Feedback)), ("LogVariance", tensor(new[] { 0.7 })));
        var own = ToyBinary.Exact.Build(new(), ToyValues.Counts)
            .Fill(
                ("HeadWeight", tensor(ToyValues.Heads)),
                ("Feedback", tensor(ToyValues.Feedback)),
                ("LogVariance", tensor(new[] { 0.7, 0.7 })));
        Assert.Equal(own.Value(), shared.Value(), Exact);
    }

    /// <summary>Uncertainty with hard sharing is the objective of Kendall, Gal and Cipolla: Σ (e^{−s} L + s/2) for classification, with
    /// half of L for regression. For regression it is least at s = log L.</summary>
    [Fact]
    public void UncertaintyOnHardSharingIsKendall()
    {
        using var scope = NewDisposeScope();
        var binary = ToyBinary.MtNn.Build(new() { MuHeads = 0 }, ToyValues.Counts).FillToy().Losses();
        var expected = binary.Zip(ToyValues.LogVariance, (l, s) => (Math.Exp(-s) * l) + (s / 2)).Sum();
        Assert.Equal(expected, ToyBinary.Kendall.Build(new(), ToyValues.Counts).FillToy().Value(), Exact);

        double[] losses = [1.33 / 3, 0.26];
        expected = losses.Zip(ToyValues.LogVariance, (l, s) => (0.5 * Math.Exp(-s) * l) + (s / 2)).Sum();
        Assert.Equal(expected, ToyRegression.Kendall.Build(new(), ToyValues.Counts).FillToy().Value(), 1e-12);

        var best = ToyRegression.Kendall.Build(new(), ToyValues.Counts)
            .Fill(("HeadWeight", tensor(ToyValues.Heads)), ("LogVariance", tensor(losses.Select(l => Math.Log(l)).ToArray())));
        Assert.Equal(losses.Sum(l => 0.5 + (0.5 * Math.Log(l))), best.Value(), 1e-12);
    }

    /// <summary>If labels and outputs of a regression are multiplied by c, and s grows by log c², the weighted data term stays the same
    /// and the objective of T tasks grows by T log c.</summary>
    [Fact]
    public void RegressionUncertaintyIsScaleFree()
    {
        using var scope = NewDisposeScope();
        const double C = 3;
        var variant = ToyRegression.Kendall.Build(new(), ToyValues.Counts).FillToy();
        var before = variant.Value();
        variant.Fill(("HeadWeight", tensor(ToyValues.Heads) * C), ("LogVariance", tensor(ToyValues.LogVariance) + Math.Log(C * C)));
        var targets = new Labels(ToyValues.Targets.Values * C, null);
        var after = variant.Value(ToyValues.Features, targets, out _).item<double>();
        Assert.Equal(before + (2 * Math.Log(C)), after, 1e-12);
    }

    /// <summary>With the placement WeightOnly more transfer raises the objective even if squared errors are below 1/e, where the
    /// placement Literal rewards transfer, as warning UAM012 says.</summary>
    [Fact]
    public void WeightOnlyNeverRewardsTransfer()
    {
        using var scope = NewDisposeScope();
        double Total(double feedback) => ToyRegression.WeightOnly.Build(new() { Gamma = 0, Floor = 0 }, ToyValues.Counts)
            .Fill(
                ("HeadWeight", tensor(ToyValues.Heads)),
                ("Feedback", full(2, 2, feedback, dtype: ScalarType.Float64)),
                ("LogVariance", tensor(new[] { Math.Log(0.2), Math.Log(0.2) }))).Value();
        Assert.True(Total(2.5) > Total(0));
    }

    [Fact]
    public void FeatureNormIsWhatAmtflIsWithoutFeedback()
    {
        using var scope = NewDisposeScope();
        var norm = ToyBinary.Norm.Build(new(), ToyValues.Counts).FillToy();
        var amtfl = ToyBinary.Printed.Build(new() { Floor = 0, MuHeads = 0 }, ToyValues.Counts)
            .Fill(("HeadWeight", tensor(ToyValues.Heads)));
        Assert.Equal(amtfl.Value(), norm.Value(), Exact);
    }

    [Fact]
    public void OneTaskIsSingleTask()
    {
        using var scope = NewDisposeScope();
        var counts = tensor(new[] { 6.0 });
        random.manual_seed(3);
        var mtl = ToySingle.Mtl.Build(new(), counts);
        var stl = ToySingle.Stl.Build(new(), counts).Fill(
            ("Trunks.Linear1.Weight", mtl.Network.Trunk.Linear1.weight.unsqueeze(0)),
            ("Trunks.Linear1.Bias", mtl.Network.Trunk.Linear1.bias!),
            ("HeadWeight", mtl.Network.HeadWeight), ("HeadBias", mtl.Network.HeadBias));
        var x = randn(6, 5, dtype: ScalarType.Float64);
        var y = new Labels((rand(6, 1) > 0.5).to(ScalarType.Float64), null);
        Assert.Equal(mtl.Value(x, y, out _).item<double>(), stl.Value(x, y, out _).item<double>(), Exact);
    }

    /// <summary>Without the ReLU the features are rebuilt by plain least squares, and may be negative.</summary>
    [Fact]
    public void LinearFeaturesAreRebuiltWithoutTheReLU()
    {
        using var scope = NewDisposeScope();
        var counts = ToyValues.Counts;
        using var relu = ToyRegression.Printed.Build(new() { Alpha = 0 }, counts).FillToy();
        using var linear = ToyRegression.LinearFeatures.Build(new() { Alpha = 0 }, counts).FillToy();
        var features = tensor(new double[,] { { 1, -2 }, { 0.5, 2 }, { -1, 1 } });
        var (heads, feedback) = (tensor(ToyValues.Heads), tensor(ToyValues.Feedback));
        var rebuilt = features.matmul(heads.t()).matmul(feedback);
        double Reconstruction(Tensor from) => 0.01 * (from - features).square().sum(1).mean().item<double>();

        var difference = linear.Value(features, ToyValues.Targets, out _).item<double>()
            - relu.Value(features, ToyValues.Targets, out _).item<double>();
        Assert.Equal(Reconstruction(rebuilt) - Reconstruction(nn.functional.relu(rebuilt)), difference, 1e-13);
        Assert.NotEqual(0, difference);
    }

    [Fact]
    public void TransferMatrixIsOutputsTimesHeads()
    {
        using var scope = NewDisposeScope();
        var transfer = ToyBinary.Printed.Build(new(), ToyValues.Counts).FillToy().Network.LearntTransfer()!.data<double>().ToArray();
        Assert.Equal(
            [
                Math.Abs((0.5 * 0.4) + (-0.1 * 0.1)), Math.Abs((0.5 * -0.2) + (-0.1 * 0.3)), Math.Abs((0.2 * 0.4) + (0.6 * 0.1)),
                Math.Abs((0.2 * -0.2) + (0.6 * 0.3)),
            ],
            transfer,
            (a, b) => Math.Abs(a - b) < Exact);
    }

    private static double[] HeadGradient(Objective variant)
    {
        var head = variant.Network.named_parameters().First(p => p.name == "HeadWeight").parameter;
        return autograd.grad([variant.Value(ToyValues.Features, ToyValues.Targets, out _)], [head])[0].data<double>().ToArray()
            .Select(g => Math.Round(g, 13)).ToArray();
    }
}
