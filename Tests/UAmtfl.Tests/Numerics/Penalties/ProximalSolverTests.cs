using TorchSharp;
using UAmtfl.LinearModels;
using UAmtfl.Penalties;
using UAmtfl.Tasks;
using static TorchSharp.torch;
using static UAmtfl.Tests.Numerics.Penalties.Catalogue;

namespace UAmtfl.Tests.Numerics.Penalties;

/// <summary>The solver's losses, its stopping rules, the problems that it refuses, and the tensors that it leaves.</summary>
public sealed class ProximalSolverTests
{
    [Theory]
    [InlineData(false, LossScale.Mean, true)]
    [InlineData(true, LossScale.Mean, true)]
    [InlineData(false, LossScale.Sum, false)]
    [InlineData(true, LossScale.Sum, false)]
    public void GramMatricesAndRowsAreTheSameLoss(bool shared, LossScale scale, bool intercept)
    {
        using var scope = NewDisposeScope();
        var data = new CentredData(Problem(1, shared), new() { Scale = scale, Intercept = intercept });
        var (gram, rows) = (new GramLoss(data), new RowLoss(data));
        Assert.IsType<GramLoss>(LinearLoss.Of(data));
        Assert.Equal(shared, data.Shared);
        Assert.Equal(rows.AtZero, gram.AtZero, rows.AtZero * 1e-13);
        var weights = Gaussian(2, 5, 8);
        var (a, b) = (gram.At(weights, zeros(5, dtype: ScalarType.Float64)), rows.At(weights, zeros(5, dtype: ScalarType.Float64)));
        Assert.Equal(b.Value.Number(), a.Value.Number(), b.Value.Number() * 1e-12);
        Near(b.Weights, a.Weights, b.Weights.abs().max().Number() * 1e-13);
        Near(b.Biases, a.Biases, 1e-12);
    }

    [Theory]
    [InlineData(LossScale.Mean)]
    [InlineData(LossScale.Sum)]
    public void TheLossIsItsDefinition(LossScale scale)
    {
        using var scope = NewDisposeScope();
        var problem = Problem(3, kinds: [TaskKind.Regression, TaskKind.Binary]);
        var data = new CentredData(problem, new() { Scale = scale });
        var (weights, biases) = (Gaussian(4, 5, 8), Gaussian(5, 5));
        var original = data.Original(weights, biases);
        var expected = problem.Tasks.Select((task, t) =>
        {
            var outputs = task.Inputs.matmul(weights[t]) + original[t];
            var losses = task.Kind == TaskKind.Regression
                ? (outputs - task.Labels).square() * (scale == LossScale.Sum ? 0.5 : 1)
                : -(task.Labels * outputs.sigmoid().log()) - ((1 - task.Labels) * (1 - outputs.sigmoid()).log());
            return (scale == LossScale.Sum ? losses.sum() : losses.mean()).Number();
        }).Sum();
        Assert.Equal(expected, LinearLoss.Of(data).At(weights, biases).Value.Number(), expected * 1e-12);
    }

    /// <summary>A fit with mean losses equals a fit with summed losses and a larger strength: N/2 times as large for squared losses, N
    /// times for logistic ones.</summary>
    [Theory]
    [InlineData(TaskKind.Regression, 20)]
    [InlineData(TaskKind.Binary, 40)]
    public void SumAndMeanDifferByTheStrength(TaskKind kind, double factor)
    {
        using var scope = NewDisposeScope();
        var problem = Problem(6, shared: true, kind);
        var mean = ProximalGradient.Fit(problem, new GroupLasso(0.1), new() { Tolerance = 1e-10 });
        var sum = ProximalGradient.Fit(problem, new GroupLasso(0.1 * factor), new() { Scale = LossScale.Sum, Tolerance = 1e-9 });
        Near(mean.Model.Weights, sum.Model.Weights, 1e-8);
        Near(mean.Model.Biases, sum.Model.Biases, 1e-8);
        Assert.Equal(mean.Objective * factor, sum.Objective, 1e-8);
    }

    /// <summary>With more features than rows the solver works on the rows themselves, and the solution has its certificate as
    /// well.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void MoreFeaturesThanRows(bool shared)
    {
        using var scope = NewDisposeScope();
        var common = Gaussian(7, 12, 60);
        var problem = new LinearProblem([.. Enumerable.Range(0, 4).Select(t =>
        {
            var inputs = shared ? common : Gaussian(10 + t, 12 + t, 60);
            return new LinearTask(
                inputs, inputs[TensorIndex.Colon, 0] - inputs[TensorIndex.Colon, 1] + (0.1 * Gaussian(20 + t, inputs.shape[0])));
        })]);
        Assert.IsType<RowLoss>(LinearLoss.Of(new CentredData(problem, new())));
        var fit = ProximalGradient.Fit(problem, new GroupLasso(0.2));
        Assert.Equal(StopReason.Tolerance, fit.Stop);
        var used = (fit.Model.Weights != 0).any(0).Numbers();
        Assert.Equal((1.0, 1.0), (used[0], used[1]));
        Assert.InRange(used.Sum(), 2, 30);
    }

    [Fact]
    public void TheLimitOfIterationsIsReported()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(8);
        var fit = ProximalGradient.Fit(problem, new GroupLasso(0.1), new() { Iterations = 7 });
        Assert.Equal((StopReason.IterationLimit, 7), (fit.Stop, fit.Iterations));
        Assert.InRange(fit.Gap, 1e-8, double.PositiveInfinity);
        var longer = ProximalGradient.Fit(problem, new GroupLasso(0.1), new() { Iterations = 8 });
        Assert.InRange(longer.Objective, 0, fit.Objective);
    }

    [Fact]
    public void AStartNearbySavesIterationsAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(9, kinds: [TaskKind.Regression, TaskKind.Binary]);
        var options = new ProximalOptions { Tolerance = 1e-10 };
        var cold = ProximalGradient.Fit(problem, new SparseLowRank(0.3, 0.1), options);
        var warm = ProximalGradient.Fit(problem, new SparseLowRank(0.3, 0.1), options with { Start = cold });
        Assert.InRange(warm.Iterations, 1, 10);
        Assert.True(cold.Iterations > 20);
        Near(cold.Model.Weights, warm.Model.Weights, 1e-9);
        Near(cold.Model.Biases, warm.Model.Biases, 1e-9);
        Assert.Throws<UAmtflException>(() => ProximalGradient.Fit(problem, new L1Penalty(0.1), options with { Start = cold }));
    }

    /// <summary>Two fits of the same problem give the same numbers, and leave no tensors except the results.</summary>
    [Fact]
    public void RunsAreRepeatableAndLeakNothing()
    {
        using var scope = NewDisposeScope();
        var problem = Problem(10);
        var first = ProximalGradient.Fit(problem, new Dirty(0.4, 0.15));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var second = ProximalGradient.Fit(problem, new Dirty(0.4, 0.15));
        Assert.Equal(before + 4, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(first.Model.Weights.Numbers(), second.Model.Weights.Numbers());
        Assert.Equal(first.Iterations, second.Iterations);
    }

    [Fact]
    public void WhatIsNoLinearProblemIsRefused()
    {
        using var scope = NewDisposeScope();
        var task = Problem(11).Tasks[0];
        Assert.Equal("A linear problem has no task: give at least one.", Message());
        Assert.Equal(
            "Task 1 of the linear problem is of kind Classification: a linear task is Regression or Binary.",
            Message(task, task with { Kind = TaskKind.Classification }));
        Assert.Equal(
            "Task 0 of the linear problem is binary and has labels that are neither 0 nor 1.",
            Message(task with { Kind = TaskKind.Binary }));
        Assert.StartsWith(
            "Task 0 of the linear problem has inputs of type Float32", Message(task with { Inputs = task.Inputs.to(ScalarType.Float32) }));
        Assert.StartsWith(
            "Task 0 of the linear problem has inputs [25, 8] and labels [24]",
            Message(task with { Labels = task.Labels.narrow(0, 0, 24) }));
        Assert.StartsWith("Task 1 of the linear problem has 7 inputs", Message(task, task with { Inputs = task.Inputs.narrow(1, 0, 7) }));
        Assert.StartsWith("The objective of a linear problem is not finite", Message(task with { Labels = task.Labels * double.NaN }));

        static string Message(params LinearTask[] tasks) =>
            Assert.Throws<UAmtflException>(() => ProximalGradient.Fit(new LinearProblem(tasks), new L1Penalty(1))).Message;
    }

    [Fact]
    public void OptionsThatMakeNoSenseAreRefused()
    {
        using var scope = NewDisposeScope();
        foreach (var options in new ProximalOptions[]
        {
            new() { Tolerance = 0 }, new() { Tolerance = double.NaN }, new() { Iterations = 0 },
        })
        {
            Assert.StartsWith(
                "The proximal gradient method's ",
                Assert.Throws<UAmtflException>(() => ProximalGradient.Fit(Problem(12), new L1Penalty(1), options)).Message);
        }
    }
}
