using UAmtfl.LinearModels;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

public sealed class LogisticRidgeTests
{
    [Theory]
    [InlineData(60, 5, 1e-3)]
    [InlineData(60, 5, 1)]
    [InlineData(25, 40, 1e-4)]      // separable: more inputs than rows
    [InlineData(25, 40, 0.1)]
    public void TheGradientIsZero(int rows, int dimension, double lambda)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(rows, dimension, 3, 0.1, 40, binary: true);
        var model = LogisticRidge.Fit(problem, lambda);
        for (var t = 0; t < problem.Count; t++)
        {
            var (task, w) = (problem.Tasks[t], model.Weights[t]);
            var error = model.Predict(task.Inputs).select(1, t).sigmoid() - task.Labels;
            var gradient = (task.Inputs.t().matmul(error) / (double)task.Count) + (lambda * w);
            Assert.True(gradient.norm().item<double>() < 1e-9);
            Assert.Equal(0, error.mean().item<double>(), 1e-9);
        }
    }

    [Fact]
    public void SeparableDataHaveAFiniteAnswer()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.Problem(Synthetic.Task(new double[,] { { -1 }, { -2 }, { 1 }, { 2 } }, [0, 0, 1, 1], TaskKind.Binary));
        // By symmetry b = 0, and w is the solution of ½(σ(−w) + 2σ(−2w)) = λw.
        var w = Synthetic.Numbers(LogisticRidge.Fit(problem, 1e-6).Weights)[0];
        Assert.Equal(1e-6 * w, 0.5 * ((1 / (1 + Math.Exp(w))) + (2 / (1 + Math.Exp(2 * w)))), 1e-10);
        Assert.True(w > 5);
        Assert.Equal(0, Synthetic.Numbers(LogisticRidge.Fit(problem, 1e-6).Biases)[0], 1e-8);
    }

    [Fact]
    public void AStrongPenaltyLeavesTheLogOdds()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(50, 4, 3, 0.1, 41, binary: true);
        Synthetic.Close(MeanPredictor.Fit(problem), LogisticRidge.Fit(problem, 1e9), 1e-8);
    }

    [Fact]
    public void TurningTheLabelsTurnsTheSigns()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(50, 6, 3, 0.1, 42, binary: true);
        var turned = new LinearProblem([.. problem.Tasks.Select(t => t with { Labels = 1.0 - t.Labels })]);
        var model = LogisticRidge.Fit(turned, 0.01);
        Synthetic.Close(LogisticRidge.Fit(problem, 0.01), new(-model.Weights, -model.Biases), 1e-8);
    }

    [Fact]
    public void TheLossIsStable()
    {
        Assert.Equal(Math.Log(2), LogisticLoss.Of(0, 1), 1e-15);
        Assert.Equal(1e4, LogisticLoss.Of(-1e4, 1));
        Assert.Equal(0, LogisticLoss.Of(1e4, 1));
        Assert.Equal(1e4, LogisticLoss.Of(1e4, 0));
    }

    [Fact]
    public void WhatCannotBeFittedIsRefused()
    {
        using var scope = NewDisposeScope();
        var task = Synthetic.Task(new double[,] { { 1 }, { 2 } }, [1, 1], TaskKind.Binary);
        Assert.Equal(
            "Logistic regression: all labels of task 0 (counted from 0) are 1: leave the task out, or use MeanPredictor.",
            Assert.Throws<UAmtflException>(() => LogisticRidge.Fit(Synthetic.Problem(task), 1)).Message);
        Assert.Equal(
            "Logistic regression: task 0 (counted from 0) has a label 0.5: give 0 or 1.",
            Assert.Throws<UAmtflException>(
                () => LogisticRidge.Fit(Synthetic.Problem(task with { Labels = tensor(new[] { 0, 0.5 }) }), 1)).Message);
        Assert.Throws<UAmtflException>(() => LogisticRidge.Fit(Synthetic.Problem(task with { Kind = TaskKind.Regression }), 1));
        Assert.Throws<UAmtflException>(() => LogisticRidge.Fit(Synthetic.Problem(task with { Labels = tensor(new[] { 0.0, 1 }) }), 0));
    }
}
