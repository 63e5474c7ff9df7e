using UAmtfl.LinearModels;
using UAmtfl.LinearModels.Numerics;
using UAmtfl.LinearModels.Selection;
using UAmtfl.Numerics;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

public sealed class StrengthSelectionTests
{
    private static readonly double[] Lambdas = [0.01, 0.1, 1, 10];

    [Theory]
    [InlineData(41, 5)]
    [InlineData(7, 3)]
    public void FoldsAreEvenAndSeeded(int count, int folds)
    {
        var fold = Folds.Assign(count, folds, 3);
        var sizes = Enumerable.Range(0, folds).Select(k => fold.Count(f => f == k)).ToArray();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        Assert.Equal(count, sizes.Sum());
        Assert.Equal(fold, Folds.Assign(count, folds, 3));
        Assert.NotEqual(fold, Folds.Assign(count, folds, 4));
    }

    [Fact]
    public void FoldsOfBinaryTasksHaveBothClasses()
    {
        double[] labels = [.. Enumerable.Range(0, 50).Select(i => i % 5 == 0 ? 1.0 : 0.0)];
        var fold = Folds.Stratified(labels, 5, 1);
        Assert.All(
            Enumerable.Range(0, 5),
            k => Assert.Equal((2, 8), (fold.Zip(labels).Count(f => f == (k, 1)), fold.Zip(labels).Count(f => f == (k, 0)))));
    }

    [Theory]
    [InlineData(40, 6, 0)]
    [InlineData(40, 6, 0.2)]
    [InlineData(25, 40, 0.2)]
    public void CrossValidationOfRidgeIsFitAndScoreByHand(int rows, int dimension, double missing)
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(rows, dimension, 3, missing, 50);
        var selected = StrengthSelection.Ridge(problem, Lambdas, 4, 7);
        var fold = Folds.Assign(rows, 4, 7);
        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            var losses = Lambdas.Select(lambda => Enumerable.Range(0, 4).Sum(k =>
            {
                var (training, held) = Split(task, n => fold[task.Origin!.Rows[n]] == k);
                return Synthetic.Errors(new([held]), Ridge.Fit(new([training]), lambda))[0] * held.Count;
            }) / task.Count).ToArray();
            Assert.Equal(losses.Min(), selected.Losses[t], 1e-9);
            Assert.Equal(Lambdas[Array.IndexOf(losses, losses.Min())], selected.Lambdas[t]);
        }
    }

    [Fact]
    public void CrossValidationOfTheLogisticIsFitAndScoreByHand()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(60, 5, 2, 0.1, 51, binary: true);
        var selected = StrengthSelection.Logistic(problem, Lambdas, 3, 7);
        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            var fold = Folds.Stratified(Synthetic.Numbers(task.Labels), 3, 7);
            var losses = Lambdas.Select(lambda => Enumerable.Range(0, 3).Sum(k =>
            {
                var (training, held) = Split(task, n => fold[n] == k);
                var logits = Synthetic.Numbers(LogisticRidge.Fit(new([training]), lambda).Predict(held.Inputs));
                return logits.Zip(Synthetic.Numbers(held.Labels), LogisticLoss.Of).Sum();
            }) / task.Count).ToArray();
            Assert.Equal(losses.Min(), selected.Losses[t], 1e-8);
            Assert.Equal(Lambdas[Array.IndexOf(losses, losses.Min())], selected.Lambdas[t]);
        }
    }

    [Fact]
    public void CrossValidationOfTheElasticNetIsFitAndScoreByHand()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 10, 2, 0.1, 52);
        var selected = StrengthSelection.ElasticNet(problem, [0.5, 1], count: 6, span: 0.01, folds: 4, seed: 7);
        var fold = Folds.Assign(40, 4, 7);
        for (var t = 0; t < problem.Count; t++)
        {
            var task = problem.Tasks[t];
            var largest = ElasticNet.LambdaMax(problem, 0.5)[t];
            var choices = new[] { 0.5, 1 }
                .SelectMany(r =>
                    StrengthSelection.Grid(largest * 0.5 / r, largest * 0.5 / r * 0.01, 6).Select(l => (Lambda: l, Ratio: r))).ToArray();
            var losses = choices.Select(c => Enumerable.Range(0, 4).Sum(k =>
            {
                var (training, held) = Split(task, n => fold[task.Origin!.Rows[n]] == k);
                return Synthetic.Errors(new([held]), ElasticNet.Fit(new([training]), c.Lambda, c.Ratio))[0] * held.Count;
            }) / task.Count).ToArray();
            var best = choices[Array.IndexOf(losses, losses.Min())];
            Assert.Equal(losses.Min(), selected.Losses[t], 1e-4);
            Assert.Equal(best.Ratio, selected.Ratios[t]);
            Assert.Equal(best.Lambda, selected.Lambdas[t], 1e-12);
        }
    }

    [Fact]
    public void SelectionIsDeterministicAndBlindToTheOrderOfTasks()
    {
        using var scope = NewDisposeScope();
        var problem = Synthetic.SharedProblem(40, 8, 4, 0.2, 53);
        foreach (var select in new Func<LinearProblem, SelectedStrengths>[]
        {
            p => StrengthSelection.Ridge(p, Lambdas, seed: 5), p => StrengthSelection.ElasticNet(p, [0.5], count: 10, seed: 5),
        })
        {
            var (first, again, reversed) = (select(problem), select(problem), select(Synthetic.Permuted(problem, [3, 2, 1, 0])));
            Assert.Equal(first.Lambdas, again.Lambdas);
            Assert.Equal(first.Losses, again.Losses);
            Synthetic.Close([.. first.Lambdas], [.. reversed.Lambdas.Reverse()], 1e-12);
            Synthetic.Close([.. first.Losses], [.. reversed.Losses.Reverse()], 1e-10);
        }
    }

    [Fact]
    public void ConstantLabelsTakeTheStrongest()
    {
        using var scope = NewDisposeScope();
        var task = new LinearTask(Synthetic.Inputs(20, 3, 58), full(20, 2.0, dtype: ScalarType.Float64));
        Assert.Equal([10], StrengthSelection.Ridge(new([task]), Lambdas).Lambdas);
        Assert.Equal([1], StrengthSelection.ElasticNet(new([task]), [0.5], count: 4).Lambdas);
    }

    /// <summary>A task with a single label cannot be cross-validated and takes the strongest penalty. The other tasks choose theirs as
    /// usual.</summary>
    [Fact]
    public void ASingleLabelTakesTheStrongest()
    {
        using var scope = NewDisposeScope();
        var one = new LinearTask(Synthetic.Inputs(1, 3, 59), ones(1, dtype: ScalarType.Float64));
        var inputs = Synthetic.Inputs(20, 3, 62);
        var exact = new LinearTask(inputs, inputs.sum(dim: 1));
        var selected = StrengthSelection.Ridge(new([one, exact]), Lambdas);
        Assert.Equal([Lambdas.Max(), Lambdas.Min()], selected.Lambdas);
        Assert.True(double.IsNaN(selected.Losses[0]));
        Assert.Equal(1, selected.Smallest);
        Assert.Equal([1], StrengthSelection.ElasticNet(new([one]), [0.5], count: 4).Lambdas);
    }

    /// <summary>A fit says that a smaller strength may be better, and nothing if the strength is stated.</summary>
    [Fact]
    public void TheWeakEndOfTheStrengthsIsANotice()
    {
        using var scope = NewDisposeScope();
        var inputs = Synthetic.Inputs(20, 3, 62);
        var data = new FitData(new([new LinearTask(inputs, inputs.sum(dim: 1))]), 1);
        const string notice = "cross-validation chose the smallest strength that it tried for 1 of 1 task, so that a smaller one may be";
        Assert.StartsWith(notice, Solve.Ridge(data, 0).Notice, StringComparison.Ordinal);
        Assert.StartsWith(notice, Solve.ElasticNet(data, 0.5, 0).Notice, StringComparison.Ordinal);
        Assert.Null(Solve.Ridge(data, 0.1).Notice);
    }

    [Fact]
    public void TooFewLabelsAreRefused()
    {
        using var scope = NewDisposeScope();
        var rare = new LinearTask(Synthetic.Inputs(4, 3, 60), tensor(new double[] { 1, 0, 0, 0 }), TaskKind.Binary);
        var advice = " has one class only: state the Strength, which needs no cross-validation, or leave the task out.";
        var problem = new LinearProblem([rare]);
        Assert.EndsWith("task 0 (counted from 0)" + advice, Refused(problem), StringComparison.Ordinal);
        Assert.EndsWith("task Smoker" + advice, Refused(problem with { Names = ["Smoker"] }), StringComparison.Ordinal);
        Assert.Throws<UAmtflException>(() => StrengthSelection.Ridge(Synthetic.SharedProblem(10, 2, 1, 0, 61), Lambdas, folds: 1));
        Assert.Throws<UAmtflException>(() => StrengthSelection.Ridge(Synthetic.SharedProblem(10, 2, 1, 0, 61), []));
    }

    private static string Refused(LinearProblem problem) =>
        Assert.Throws<UAmtflException>(() => StrengthSelection.Logistic(problem, Lambdas)).Message;

    private static (LinearTask Training, LinearTask Held) Split(LinearTask task, Func<int, bool> held)
    {
        LinearTask Rows(bool wanted)
        {
            var index = tensor(Enumerable.Range(0, (int)task.Count).Where(n => held(n) == wanted).Select(n => (long)n).ToArray());
            return new(task.Inputs.index_select(0, index), task.Labels.index_select(0, index), task.Kind);
        }

        return (Rows(false), Rows(true));
    }
}
