using UAmtfl.Data;
using UAmtfl.Tests.Numerics;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Weighting;

/// <summary>Labels of eleven tasks, of which a fourth is missing.</summary>
public sealed class TinyLosses : IDataset
{
    public Splits Load(DataRequest request)
    {
        using var generator = new Generator((ulong)request.Seed);
        return new(Make(48, generator), Make(12, generator), Make(24, generator), SharedTest: false);
    }

    private static Samples Make(int rows, Generator generator)
    {
        using var scope = NewDisposeScope();
        var inputs = randn(rows, 8, generator: generator);
        var classes = inputs.narrow(1, 3, 5).gt(0).to(float32);
        var counts = inputs.narrow(1, 2, 1).mul(2).abs().floor();
        var labels = cat([inputs.narrow(1, 0, 4) * 2, counts, inputs.narrow(1, 7, 1), classes], 1)
            .masked_fill(rand(rows, 11, generator: generator).lt(0.25), float.NaN);
        return new(inputs.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }
}

/// <summary>Regressions with all losses beside another kind of task.</summary>
[Experiment("balanced-losses", Seeds = 1)]
[Dataset<TinyLosses>]
[Training(Epochs = 2, BatchSize = 16), Sgd(0.05)]
public static partial class BalancedLosses
{
    public enum Label
    {
        [Regression(Loss = RegressionLoss.Huber, Delta = 0.7)] Robust,
        [Regression] Mean,
        [Regression(Loss = RegressionLoss.Absolute)] Median,
        [Regression(Loss = RegressionLoss.Quantile, Level = 0.8)] High,
        [Regression(Loss = RegressionLoss.Poisson)] Visits,
        [Regression(LossBy = typeof(LogCosh))] Smooth,
        [Binary] Above,
        [Binary(PositiveWeight = 3)] Rare,
        [Binary(PositiveWeight = 0.5)] Frequent,
        [Classification(3, LabelSmoothing = 0.2)] Soft,
        [Classification(2, ClassWeights = new[] { 0.5, 4 })] Skewed,
    }

    [Input(8), Linear(6), Tanh, Linear(4)]
    public partial class Net;

    [Baseline, HardSharing, Weighting<Counting>]
    public partial class AtTrunk;

    [HardSharing, Weighting<Counting>(Site = GradientSite.Representation)]
    public partial class AtRepresentation;

    [Amtfl, Weighting<CountingRows>]
    public partial class Rows;

    [SingleTask]
    public partial class Alone;
}

/// <summary>Gradients of tasks that are computed together are those of one backward pass for each task, whatever the loss is.</summary>
public sealed class ChosenLossTests
{
    [Theory]
    [InlineData("AtTrunk")]
    [InlineData("AtRepresentation")]
    [InlineData("Rows")]
    public void ParametersGetTheWeightedGradients(string name)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(BalancedLosses.Descriptor, name);
        step.Variant.Accumulate([step.Batch], out var losses);
        Assert.True(losses.gt(0).all().item<bool>());
        foreach (var (parameter, trunk, gradient) in step.Accumulated())
        {
            Assert.True((step.Expected(parameter, t => trunk ? t + 1 : 1) - gradient).abs().max().item<double>() < 1e-12, parameter);
        }
    }

    [Fact]
    public void TheGramianIsThatOfTheSite()
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(BalancedLosses.Descriptor, "AtTrunk");
        step.Variant.Accumulate([step.Batch], out _);
        var jacobian = step.Jacobian("Trunk.");
        var gramian = step.Weighting<Counting>().Seen!;
        var expected = jacobian.matmul(jacobian.t());
        for (var s = 0; s < 11; s++)
        {
            for (var t = 0; t < 11; t++)
            {
                Assert.Equal(expected[s, t].item<double>(), gramian[s, t], 1e-12);
            }
        }
    }

    /// <summary>Each task has the loss that it declares, computed here row by row.</summary>
    [Theory]
    [InlineData("AtTrunk")]
    [InlineData("Alone")]
    public void EachTaskHasTheLossThatItDeclares(string name)
    {
        using var scope = NewDisposeScope();
        using var step = new OneStep(BalancedLosses.Descriptor, name);
        using var frozen = no_grad();
        step.Variant.Value(step.Batch.Prepared, step.Batch.Labels, out var losses);
        var predicted = step.Variant.Network.Predict(step.Batch.Prepared, out _);
        var (tasks, column) = (BalancedLosses.Descriptor.Tasks.Tasks, 0);
        for (var t = 0; t < tasks.Count; column += tasks[t].Outputs, t++)
        {
            var (sum, rows) = (0.0, 0.0);
            for (var n = 0; n < 16; n++)
            {
                if (step.Batch.Labels.Observed![n, t].item<double>() == 1)
                {
                    var own = predicted[n].narrow(0, column, tasks[t].Outputs).data<double>().ToArray();
                    var y = step.Batch.Labels.Values[n, t].item<double>();
                    sum += Of(tasks[t].Name, own[0], y, own);
                    rows += tasks[t].Name == "Skewed" ? Skew(y) : 1;
                }
            }

            Assert.Equal(sum / rows, losses[t].item<double>(), 1e-12);
        }
    }

    private static double Skew(double y) => y == 0 ? 0.5 : 4;

    private static double Of(string task, double o, double y, double[] logits) => task switch
    {
        "Robust" => Math.Abs(o - y) is var r && r <= 0.7 ? r * r / 2 : 0.7 * (r - 0.35),
        "Mean" => (o - y) * (o - y),
        "Median" => Math.Abs(o - y),
        "High" => Math.Max(0.8 * (y - o), -0.2 * (y - o)),
        "Smooth" => Math.Log(Math.Cosh(o - y)),
        "Visits" => o - y - (y == 0 ? 0 : y * Math.Log(o / y)),      // the network predicts exp(o)
        "Skewed" => Skew(y) * (Math.Log(logits.Sum(Math.Exp)) - logits[(int)y]),
        "Soft" => Math.Log(logits.Sum(Math.Exp)) - (0.8 * logits[(int)y]) - (0.2 * logits.Average()),
        _ => (task, y) switch { ("Rare", 1) => 3, ("Frequent", 1) => 0.5, _ => 1 } * Math.Log(1 + Math.Exp(-o * ((2 * y) - 1))),
    };
}
