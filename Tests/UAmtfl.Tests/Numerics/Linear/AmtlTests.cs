using UAmtfl.LinearModels;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

public sealed class AmtlTests
{
    private static readonly int[] Rows = [20, 35, 25, 40, 30];

    [Fact]
    public void ReferenceValueOfTwoTasks()
    {
        using var scope = NewDisposeScope();
        var transfer = new double[4];
        UAmtfl.LinearModels.Amtl.SolveTransfer([1, 2, 2, 1], [0.4, 0.6], transfer, 0.5, nonNegative: true);
        // The expected transfers are max(0, (w₁ᵀw₂ − αL₁/(2γ)) / ‖w₁‖²).
        Synthetic.Close([0, 0.72, (4 - 0.6) / 5, 0], transfer, 1e-12);
    }

    [Fact]
    public void ALargerLossNeverRaisesTheTransfer()
    {
        using var scope = NewDisposeScope();
        var last = double.PositiveInfinity;
        foreach (var loss in new[] { 0, 0.4, 1, 2, 3.9, 4, 8 })
        {
            var transfer = new double[4];
            UAmtfl.LinearModels.Amtl.SolveTransfer([1, 2, 2, 1], [loss, 0.4], transfer, 0.5, nonNegative: true);
            Assert.True(transfer[1] <= last);
            last = transfer[1];
        }

        Assert.Equal(0, last);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OppositeTasksTransferOnlyWithSigns(bool nonNegative)
    {
        using var scope = NewDisposeScope();
        var transfer = new double[4];
        UAmtfl.LinearModels.Amtl.SolveTransfer([1, 2, -2, -1], [0.4, 0.4], transfer, 0.5, nonNegative);
        Synthetic.Close(nonNegative ? [0, 0, 0, 0] : [0, -0.72, -0.72, 0], transfer, 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenTheWeightsEachColumnIsAWeightedLasso(bool nonNegative)
    {
        using var scope = NewDisposeScope();
        var (weights, transfer) = (Synthetic.Inputs(6, 4, 90), new double[36]);
        double[] costs = [0.1, 0.5, 0.2, 0.9, 0.3, 0.05];
        UAmtfl.LinearModels.Amtl.SolveTransfer(Synthetic.Numbers(weights), costs, transfer, 0.7, nonNegative);
        var b = tensor(transfer, 6, 6);
        var slopes = Synthetic.Numbers(2 * 0.7 * weights.matmul(weights.t() - weights.t().matmul(b)));
        for (var s = 0; s < 6; s++)
        {
            for (var t = 0; t < 6; t++)
            {
                var (value, slope) = (transfer[(s * 6) + t], slopes[(s * 6) + t]);
                if (s == t)
                {
                    Assert.Equal(0, value);
                }
                else if (value != 0)
                {
                    Assert.Equal(Math.Sign(value) * costs[s], slope, 1e-9);
                }
                else
                {
                    Assert.True((nonNegative ? slope : Math.Abs(slope)) <= costs[s] + 1e-9);
                }

                Assert.True(!nonNegative || value >= 0);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheObjectiveNeverRises(bool nonNegative)
    {
        using var scope = NewDisposeScope();
        var fit = Fit(Synthetic.OwnRows(Rows, 6, 3, 0.5, 91), 0.1, 0.5, nonNegative);
        Assert.True(fit.Objective.Count > 2);
        Assert.All(fit.Objective.Zip(fit.Objective.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-10));
    }

    [Fact]
    public void TheReportedObjectiveIsThatOfTheModel()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 92);
        var fit = UAmtfl.LinearModels.Amtl.Fit(problem, 0.1, 0.5, floors: [0.1, 0.2, 0.3, 0.4, 0.5]);
        var (w, b) = (fit.Model.Weights.t(), fit.Transfer);
        var factors = Synthetic.Numbers(1 + (0.1 * b.abs().sum(dim: 1)));
        var losses = Synthetic.Errors(problem, fit.Model).Select((l, t) => factors[t] * (l + ((t + 1) * 0.1))).Sum();
        Assert.Equal(losses + (0.5 * (w - w.matmul(b)).square().sum().item<double>()), fit.Objective[^1], 1e-9);
        Assert.Equal(Synthetic.Numbers(b.abs()), Synthetic.Numbers(fit.Model.Transfer!));
        Assert.All(Synthetic.Numbers(b.diagonal()), v => Assert.Equal(0, v));
        Assert.True(b.max().item<double>() > 0.01);
    }

    [Fact]
    public void GivenTheTransferTheWeightsSolveTheirEquation()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 93);
        var fit = Fit(problem, 0.1, 0.5, nonNegative: false);
        var (w, difference) = (fit.Model.Weights.t(), eye(5, dtype: ScalarType.Float64) - fit.Transfer);
        var pull = 0.5 * w.matmul(difference).matmul(difference.t());
        for (var t = 0; t < problem.Count; t++)
        {
            var (x, y) = Synthetic.Centred(problem.Tasks[t]);
            var factor = 1 + (0.1 * fit.Transfer[t].abs().sum().item<double>());
            var gradient = (factor / problem.Tasks[t].Count * x.t().matmul(x.matmul(w.select(1, t)) - y)) + pull.select(1, t);
            // The limit is above the tolerance of the solver, because the solver divides by the largest entry of the right-hand side.
            Assert.True(gradient.abs().max().item<double>() < 1e-5);
        }
    }

    [Fact]
    public void WithoutAlphaAndGammaItIsSingleTaskLearning()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 94);
        var fit = Fit(problem, 0, 0);
        Synthetic.Close(LeastSquares.Fit(problem), fit.Model, 1e-8);
        Assert.All(Synthetic.Numbers(fit.Transfer), b => Assert.Equal(0, b));
    }

    [Fact]
    public void WhereTransferCostsTooMuchItIsRidge()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 95);
        // With B = 0 the penalty is γ‖W‖², so that each task minimises 1/(2N) ‖y − Xw‖² + γ/2 ‖w‖².
        Synthetic.Close(Ridge.Fit(problem, 0.5), Fit(problem, 1e6, 0.5).Model, 1e-8);
    }

    [Fact]
    public void TheGoodTaskTeachesTheBadOne()
    {
        using var scope = NewDisposeScope();
        var inputs = Synthetic.Inputs(60, 4, 96);
        var clean = inputs.matmul(tensor(new double[] { 1, -2, 0.5, 1 }));
        var noise = 3 * Synthetic.Inputs(60, 1, 97).squeeze(1);
        var fit = Fit(Synthetic.Problem(new(inputs, clean + (0.01 * noise)), new(inputs, clean + noise)), 1, 0.5);
        var b = Synthetic.Numbers(fit.Transfer);
        Assert.True(b[1] > 0.5 && b[2] < 0.5 * b[1], $"{b[1]} {b[2]}");
    }

    [Fact]
    public void TasksMayComeInAnyOrder()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.OwnRows(Rows, 6, 3, 0.5, 98);
        var (fit, reversed) = (Fit(problem, 0.05, 0.3), Fit(Synthetic.Permuted(problem, [4, 3, 2, 1, 0]), 0.05, 0.3));
        Synthetic.Close(new(fit.Model.Weights.flip(0), fit.Model.Biases.flip(0)), reversed.Model, 1e-7);
        Synthetic.Close(Synthetic.Numbers(fit.Transfer.flip(0, 1)), Synthetic.Numbers(reversed.Transfer), 1e-7);
    }

    [Fact]
    public void ManyInputsAreFittedThroughTheRows()
    {
        using var scope = NewDisposeScope();
        var fit = Fit(Synthetic.SharedProblem(40, 300, 4, 0.2, 99), 0.1, 0.1);
        Assert.All(fit.Objective.Zip(fit.Objective.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-10));
        Assert.All(Synthetic.Numbers(fit.Transfer.diagonal()), v => Assert.Equal(0, v));
    }

    [Fact]
    public void BinaryTasksAndOtherNumbersAreRefused()
    {
        using var scope = NewDisposeScope();
        var task = Synthetic.Task(new double[,] { { 1 }, { 2 } }, [1, 0]);
        var error = Assert.Throws<UAmtflException>(() => Fit(Synthetic.Problem(task with { Kind = TaskKind.Binary }), 0, 0));
        Assert.Equal(
            "AMTL: task 0 (counted from 0) is a binary task, which this method cannot fit: "
                + "use the network form, [DeepAmtl] on a network without layers.",
            error.Message);
        Assert.Throws<UAmtflException>(() => Fit(Synthetic.Problem(task), -1, 0));
        Assert.Throws<UAmtflException>(() => Fit(Synthetic.Problem(task), 0, double.NaN));
        Assert.Throws<UAmtflException>(() => UAmtfl.LinearModels.Amtl.Fit(Synthetic.Problem(task), 0, 0, floors: [-1]));
    }

    private static AmtlFit Fit(LinearProblem problem, double alpha, double gamma, bool nonNegative = true) =>
        UAmtfl.LinearModels.Amtl.Fit(problem, alpha, gamma, nonNegative);
}
