using UAmtfl.Data;
using UAmtfl.Descriptors;
using UAmtfl.Tests.Printed;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics;

/// <summary>The learnt σ of the absolute and the quantile error is that of the Laplace density exp(−|r| / σ) / 2σ and of the asymmetric
/// Laplace density τ (1 − τ) exp(−ℓ / σ) / σ (Yu and Moyeed, Statistics &amp; Probability Letters 54, 2001).</summary>
public sealed class ScaleLikelihoodTests
{
    private const double Level = 0.8;

    /// <summary>At σ_t = the mean loss the objective does not change with σ_t, and at other σ_t it does.</summary>
    [Fact]
    public void TheStationarySigmaIsTheMeanLoss()
    {
        using var scope = NewDisposeScope();
        using var objective = Create();
        var (inputs, labels) = Data();
        var outputs = ((EverythingScales.Exact.Network)objective.Network).Forward(inputs).Values;
        var losses = new[] { 1, 2 }.Select(t => Mean(t, outputs.select(1, t), labels.Values.select(1, t))).ToArray();
        var s = Parameter(objective);
        using (no_grad())
        {
            s[1].fill_(2 * Math.Log(losses[0]));
            s[2].fill_(2 * Math.Log(losses[1]));
        }

        Assert.All(Gradient(objective, inputs, labels)[1..3], g => Assert.Equal(0, g, 1e-12));
        using (no_grad())
        {
            s.add_(0.1);
        }

        Assert.All(Gradient(objective, inputs, labels)[1..3], g => Assert.True(g > 1e-3));
    }

    /// <summary>The data term of such a task is the negative log-likelihood but for the normaliser that has no σ_t.</summary>
    [Fact]
    public void TheTermIsTheNegativeLogLikelihood()
    {
        using var scope = NewDisposeScope();
        using var objective = Create();
        var (inputs, labels) = Data();
        using var frozen = no_grad();
        Parameter(objective).copy_(tensor(new[] { 0, 0.6, -0.4, 0 }));
        var before = objective.Value(inputs, labels, out _).item<double>();
        Parameter(objective).copy_(tensor(new[] { 0, -0.2, 0.8, 0 }));
        var after = objective.Value(inputs, labels, out _).item<double>();
        var outputs = ((EverythingScales.Exact.Network)objective.Network).Forward(inputs).Values;
        double Likelihood(double laplace, double asymmetric)
        {
            var (sum, rows) = (0.0, (int)inputs.shape[0]);
            for (var n = 0; n < rows; n++)
            {
                var (first, second) = (outputs[n, 1] - labels.Values[n, 1], outputs[n, 2] - labels.Values[n, 2]);
                var (b, q) = (Math.Exp(laplace / 2), Math.Exp(asymmetric / 2));
                var (r, e) = (first.item<double>(), second.item<double>());
                sum -= Math.Log(Math.Exp(-Math.Abs(r) / b) / (2 * b));
                sum -= Math.Log(Level * (1 - Level) * Math.Exp(-(e < 0 ? -Level * e : (1 - Level) * e) / q) / q);
            }

            return sum / rows;
        }

        Assert.Equal(Likelihood(-0.2, 0.8) - Likelihood(0.6, -0.4), after - before, 1e-12);
    }

    /// <summary>The deviation that a model predicts is the root of the mean of r² under the density, summed up here.</summary>
    [Fact]
    public void ThePredictedDeviationIsThatOfTheDensity()
    {
        using var scope = NewDisposeScope();
        using var objective = Create();
        using var frozen = no_grad();
        Parameter(objective).copy_(tensor(new[] { 0, 2 * Math.Log(1.5), 2 * Math.Log(0.5), 2 * Math.Log(3) }));
        var logs = objective.Network.LogVariances!.data<double>().ToArray();
        Assert.Equal(Deviation(r => Math.Exp(-Math.Abs(r) / 1.5)), Math.Exp(logs[1] / 2), 1e-4);
        Assert.Equal(Deviation(r => Math.Exp(-(r < 0 ? -Level * r : (1 - Level) * r) / 0.5)), Math.Exp(logs[2] / 2), 1e-4);
        Assert.Equal(3, Math.Exp(logs[3] / 2), 1e-12);
    }

    private static double Deviation(Func<double, double> density)
    {
        var points = Enumerable.Range(-60000, 120001).Select(i => i * 1e-3).ToList();
        return Math.Sqrt(points.Sum(r => r * r * density(r)) / points.Sum(density));
    }

    private static Objective Create()
    {
        random.manual_seed(3);
        var variant = EverythingScales.Descriptor.Variants.Single(v => v.Name == "Exact");
        var objective = ((BoundNetwork)variant.Bind(TestSettings.Empty)).Create(ones(4, dtype: float64) * 12);
        using var frozen = no_grad();
        foreach (var parameter in objective.Network.parameters())
        {
            parameter.add_(randn_like(parameter) * 0.3);
        }

        return objective;
    }

    private static (Tensor Inputs, Labels Labels) Data()
    {
        using var generator = new Generator(4);
        var labels = randn(12, 4, dtype: float64, generator: generator);
        labels.select(1, 0).gt_(0);
        return (randn(12, 5, dtype: float64, generator: generator), new(labels, null));
    }

    private static double Mean(int task, Tensor outputs, Tensor labels)
    {
        var r = (outputs - labels).data<double>().ToArray();
        return r.Average(e => task == 1 ? Math.Abs(e) : e < 0 ? -Level * e : (1 - Level) * e);
    }

    private static TorchSharp.Modules.Parameter Parameter(Objective objective) =>
        ((EverythingScales.Exact.Network)objective.Network).LogVariance;

    private static double[] Gradient(Objective objective, Tensor inputs, Labels labels)
    {
        var value = objective.Value(objective.Network.Prepare(inputs), labels, out _);
        return autograd.grad([value], [Parameter(objective)])[0].data<double>().ToArray();
    }
}
