using UAmtfl.LinearModels;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

/// <summary>The mean predictor, least squares and ridge regression equal their closed forms.</summary>
public sealed class ClosedFormTests
{
    [Fact]
    public void TheMeanIsPredicted()
    {
        using var scope = NewDisposeScope();
        var model = MeanPredictor.Fit(Synthetic.Problem(
            Synthetic.Task(new double[,] { { 1 }, { 2 } }, [3, 5]),
            Synthetic.Task(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } }, [1, 0, 0, 0], TaskKind.Binary),
            Synthetic.Task(new double[,] { { 1 }, { 2 } }, [1, 1], TaskKind.Binary)));
        Synthetic.Close([0, 0, 0], Synthetic.Numbers(model.Weights), 0);
        // The third task has two labels of 1, for which the probability is limited to 3/4.
        Synthetic.Close([4, -Math.Log(3), Math.Log(3)], Synthetic.Numbers(model.Biases), 1e-14);
    }

    [Fact]
    public void ResidualsOfLeastSquaresAreOrthogonalToTheInputs()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(60, 7, 4, 0.2, 1);
        var model = LeastSquares.Fit(problem);
        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            var residual = task.Labels - model.Predict(task.Inputs).select(1, t);
            Assert.True(task.Inputs.t().matmul(residual).abs().max().item<double>() < 1e-10);
            Assert.Equal(0, residual.sum().item<double>(), 1e-10);
        }
    }

    /// <summary>A fit has the same bits whatever was in the memory that it takes.</summary>
    [Fact]
    public void EqualFitsHaveEqualBits()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(60, 7, 4, 0.2, 1);
        var first = Synthetic.Numbers(LeastSquares.Fit(problem).Weights);
        for (var i = 1; i <= 20; i++)
        {
            using (NewDisposeScope())
            {
                _ = Enumerable.Range(0, 50).Select(n => full(n + 1, (long)(i * 7919), dtype: int64)).ToList();
            }

            Assert.Equal(first, Synthetic.Numbers(LeastSquares.Fit(problem).Weights));
        }
    }

    [Fact]
    public void ManyFitsAtOnceAreTheFitsOneByOne()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 5, 6, 0, 2);
        var together = LeastSquares.Fit(problem);
        for (var t = 0; t < problem.Count; t++)
        {
            Synthetic.Close(Synthetic.Row(together.Weights, t), Synthetic.Row(LeastSquares.Fit(new([problem.Tasks[t]])).Weights, 0), 1e-8);
        }
    }

    [Theory]
    [InlineData(10, 25)]      // fewer rows than inputs
    [InlineData(40, 6)]       // one input twice
    public void LeastSquaresWithoutAUniqueAnswerTakesTheShortest(int rows, int dimension)
    {
        using var scope = NewDisposeScope();
        var inputs = Synthetic.Inputs(rows, dimension, 3);
        if (rows > dimension)
        {
            inputs[TensorIndex.Colon, TensorIndex.Single(1)] = inputs.select(1, 0);
        }

        var task = new LinearTask(inputs, Synthetic.Inputs(rows, 1, 4).squeeze(1));
        var (x, y) = Synthetic.Centred(task);
        var expected = linalg.pinv(x, 1e-12, false).matmul(y);
        Synthetic.Close(Synthetic.Numbers(expected), Synthetic.Row(LeastSquares.Fit(new([task])).Weights, 0), 1e-9);
    }

    [Fact]
    public void ReferenceValueOfRidge()
    {
        using var scope = NewDisposeScope();
        // Each row is there twice, with N = 6 in all: min ‖y − bx‖² + 1.5/2 b² has λ = 1.5 / (2 · 3) in units of the mean loss.
        var model = Ridge.Fit(Synthetic.Problem(Synthetic.Mirrored([1, 2, -1], [2, 3, 0.5])), 0.25);
        Assert.Equal(1.111111111111, Synthetic.Numbers(model.Weights)[0], 1e-10);
        Assert.Equal(0, Synthetic.Numbers(model.Biases)[0], 1e-14);
    }

    [Theory]
    [InlineData(50, 8, 0)]        // the covariance is smaller than the kernel
    [InlineData(50, 8, 0.2)]
    [InlineData(30, 45, 0)]       // the kernel is smaller
    [InlineData(30, 45, 0.2)]     // with missing labels
    [InlineData(30, 30, 0.3)]
    public void RidgeSolvesTheNormalEquations(int rows, int dimension, double missing)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(rows, dimension, 5, missing, 5);
        double[] lambdas = [10, 0.3, 0.01];
        var path = Ridge.Path(problem, lambdas);
        for (var l = 0; l < lambdas.Length; l++)
        {
            for (var t = 0; t < problem.Count; t++)
            {
                var task = problem.Tasks[t];
                var (x, y) = Synthetic.Centred(task);
                var system = (x.t().matmul(x) / (double)task.Count) + (lambdas[l] * eye(dimension, dtype: ScalarType.Float64));
                var expected = linalg.solve(system, x.t().matmul(y) / (double)task.Count);
                Synthetic.Close(Synthetic.Numbers(expected), Synthetic.Row(path[l].Weights, t), 1e-10);
                var bias = task.Labels.mean().item<double>() - task.Inputs.mean([0L]).dot(expected).item<double>();
                Assert.Equal(bias, Synthetic.Numbers(path[l].Biases)[t], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(40, 6)]
    [InlineData(20, 35)]
    public void SharingRowsDoesNotChangeTheFit(int rows, int dimension)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(rows, dimension, 5, 0.25, 6);
        Synthetic.Close(Ridge.Fit(Synthetic.Apart(problem), 0.1), Ridge.Fit(problem, 0.1), 1e-10);
    }

    [Fact]
    public void RidgeWithHardlyAnyStrengthIsLeastSquares()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(60, 5, 3, 0.1, 7);
        Synthetic.Close(LeastSquares.Fit(problem), Ridge.Fit(problem, 1e-12), 1e-8);
    }

    [Fact]
    public void EachTaskHasItsOwnStrength()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(30, 4, 2, 0.1, 8);
        var model = Ridge.Fit(problem, [0.1, 2]);
        Synthetic.Close(Synthetic.Row(Ridge.Fit(problem, 0.1).Weights, 0), Synthetic.Row(model.Weights, 0), 1e-14);
        Synthetic.Close(Synthetic.Row(Ridge.Fit(problem, 2.0).Weights, 1), Synthetic.Row(model.Weights, 1), 1e-14);
    }

    [Fact]
    public void TasksMayComeInAnyOrder()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(30, 40, 4, 0.2, 9);
        int[] order = [2, 0, 3, 1];
        var (straight, permuted) = (Ridge.Fit(problem, 0.2), Ridge.Fit(Synthetic.Permuted(problem, order), 0.2));
        Synthetic.Close(
            Synthetic.Numbers(straight.Weights.index_select(0, tensor(order.Select(t => (long)t).ToArray()))),
            Synthetic.Numbers(permuted.Weights),
            1e-12);
    }

    [Fact]
    public void ConstantLabelsAndInputsHaveNoWeights()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.Problem(
            Synthetic.Task(new double[,] { { 1, 5 }, { 2, 5 }, { 4, 5 } }, [7, 7, 7]),
            Synthetic.Task(new double[,] { { 1, 5 }, { 2, 5 }, { 4, 5 } }, [1, 2, 4]));
        foreach (var model in new[] { LeastSquares.Fit(problem), Ridge.Fit(problem, 1e-13) })
        {
            Synthetic.Close([0, 0, 1, 0], Synthetic.Numbers(model.Weights), 1e-10);
            Synthetic.Close([7, 0], Synthetic.Numbers(model.Biases), 1e-10);
        }
    }

    [Fact]
    public void WhatCannotBeFittedIsRefused()
    {
        using var scope = NewDisposeScope();
        var good = Synthetic.Task(new double[,] { { 1 }, { 2 } }, [1, 0]);
        var empty = new LinearTask(zeros(0, 1, dtype: ScalarType.Float64), zeros(0, dtype: ScalarType.Float64));
        Assert.Equal(
            "Ridge regression: task 1 (counted from 0) has no labels: leave it out of the problem.",
            Assert.Throws<UAmtflException>(() => Ridge.Fit(Synthetic.Problem(good, empty), 1)).Message);
        Assert.Equal(
            "Least squares: task 0 (counted from 0) is a binary task, which this method cannot fit: use LogisticRidge.",
            Assert.Throws<UAmtflException>(() => LeastSquares.Fit(Synthetic.Problem(good with { Kind = TaskKind.Binary }))).Message);
        Assert.Equal(
            "Ridge regression: lambda = 0 is out of range: give a number above 0.",
            Assert.Throws<UAmtflException>(() => Ridge.Fit(Synthetic.Problem(good), 0)).Message);
        Assert.Throws<UAmtflException>(() => Ridge.Fit(Synthetic.Problem(good), double.NaN));
        Assert.Throws<UAmtflException>(() => Ridge.Fit(Synthetic.Problem(good), [1, 2]));
        Assert.Throws<UAmtflException>(() => MeanPredictor.Fit(Synthetic.Problem(empty)));
        Assert.Throws<UAmtflException>(() => MeanPredictor.Fit(Synthetic.Problem(good with { Kind = TaskKind.Classification })));
        Assert.Throws<UAmtflException>(
            () => LeastSquares.Fit(Synthetic.Problem(good with { Inputs = good.Inputs.to(ScalarType.Float32) })));
        Assert.Throws<UAmtflException>(() => LeastSquares.Fit(Synthetic.Problem()));
    }
}
