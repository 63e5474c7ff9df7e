using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Evaluation;

/// <summary>Errors relative to those of the mean predictor, computed by hand.</summary>
public sealed class RelativeErrorTests
{
    private static readonly TaskSet Mixed = new(
        [new("B", TaskKind.Binary, 1), new("R", TaskKind.Regression, 1), new("C", TaskKind.Classification, 3)], [0, 1, 2], false);

    /// <summary>Each task's error is divided by that of the mean predictor on the same rows. From the training rows it predicts 1, 2 and
    /// class 2; its errors are 2 of 4, (4 + 0 + 4 + 16) / 4 = 6 and 1 of 4.</summary>
    [Fact]
    public void EachTaskIsMeasuredByTheMeanPredictorOnTheSameRows()
    {
        using var scope = NewDisposeScope();
        var relative = RelativeError.Of(Labels(Mixed, Train), Labels(Mixed, Rows), Mixed);
        Assert.Equal([0.5, 6, 0.25], relative.ErrorsOfMeans);
        Assert.Empty(relative.LeftOut);

        // The errors of the outputs are 1 of 4, (1 + 1 + 1 + 9) / 4 = 3 and 1 of 4.
        var result = Evaluator.Evaluate(
            tensor(new float[,] { { 1, 1, 0, 0, 1 }, { 1, 3, 0, 0, 1 }, { -1, 3, 1, 0, 0 }, { 1, 3, 1, 0, 0 } }),
            Labels(Mixed, Rows), Mixed);
        Assert.Equal([0.25, 3, 0.25], result.TaskErrors);
        Assert.True(double.IsNaN(result.OverallError));
        Assert.Equal((0.5 + 0.5 + 1) / 3, relative.Value(result), 12);
        Assert.Equal(relative.Value(result), relative.Measure(result));
    }

    /// <summary>The relative error does not depend on the unit of a regression, as a mean of squared errors and error rates
    /// would.</summary>
    [Fact]
    public void TheUnitOfARegressionChangesNothing()
    {
        using var scope = NewDisposeScope();
        float[,] outputs = { { 1, 1, 0, 0, 1 }, { 1, 3, 0, 0, 1 }, { -1, 3, 1, 0, 0 }, { -1, 3, 1, 0, 0 } };
        var values = new[] { 1f, 1000 }.Select(unit =>
        {
            var rows = Labels(Mixed, InUnits(Rows, unit, 1));
            var result = Evaluator.Evaluate(tensor(InUnits(outputs, unit, 1)), rows, Mixed);
            return RelativeError.Of(Labels(Mixed, InUnits(Train, unit, 1)), rows, Mixed).Value(result);
        }).ToArray();
        Assert.Equal(values[0], values[1], 6);
    }

    /// <summary>Where the mean predictor makes no error on the test rows, its error on the training rows is used, here 1 of 4. A task
    /// with equal labels throughout is left out.</summary>
    [Fact]
    public void WhereTheMeanPredictorMakesNoErrorTrainingStandsInAndAConstantTaskIsLeftOut()
    {
        using var scope = NewDisposeScope();
        float[,] train = { { 1, 7.3f, 2 }, { 1, 7.3f, 2 }, { 0, 7.3f, 2 }, { 1, 7.3f, 2 } };
        float[,] rows = { { 1, 7.3f, 2 }, { 1, 7.3f, 2 } };
        var relative = RelativeError.Of(Labels(Mixed, train), Labels(Mixed, rows), Mixed);
        Assert.Equal([0.25, double.NaN, double.NaN], relative.ErrorsOfMeans);
        Assert.Equal([false, true, true], relative.LeftOut);
        var result = Evaluator.Evaluate(tensor(new float[,] { { -1, 0, 1, 0, 0 }, { 1, 0, 1, 0, 0 } }), Labels(Mixed, rows), Mixed);
        Assert.Equal(0.5 / 0.25, relative.Value(result), 12);

        float[,] constant = { { 1, 7.3f, 2 }, { 1, 7.3f, 2 } };
        Assert.True(double.IsNaN(RelativeError.Of(Labels(Mixed, constant), Labels(Mixed, rows), Mixed).Value(result)));
    }

    [Fact]
    public void MissingLabelsAndRowsOfOneTaskCountAsTheyDoInTheError()
    {
        using var scope = NewDisposeScope();
        var tasks = TaskSet.Family(TaskKind.Regression, ["A", "B"]);
        float[,] dense = { { 1, float.NaN }, { 3, float.NaN }, { float.NaN, 10 }, { float.NaN, 20 } };
        var owned = UAmtfl.Data.Labels.From(tensor(new float[] { 1, 3, 10, 20 }), tensor(new long[] { 0, 0, 1, 1 }), [0, 1]);
        Assert.Equal([1, 25], RelativeError.Of(Labels(tasks, dense), Labels(tasks, dense), tasks).ErrorsOfMeans);
        Assert.Equal([1, 25], RelativeError.Of(owned, owned, tasks).ErrorsOfMeans);
    }

    /// <summary>Every metric is defined for the mean predictor: its area under the curve is one half, its R² at most 0, its correlation
    /// 0.</summary>
    [Theory]
    [InlineData(TaskMetric.RocAuc, 0.5)]
    [InlineData(TaskMetric.PrAuc, 0.5)]
    [InlineData(TaskMetric.F1, 1.0 / 3)]
    [InlineData(TaskMetric.Accuracy, 0.5)]
    [InlineData(TaskMetric.R2, 6 / 5.0)]
    [InlineData(TaskMetric.Rmse, 2.449489742783178)]
    [InlineData(TaskMetric.Pearson, 1)]
    public void EveryMetricHasAMeanPredictor(TaskMetric metric, double loss)
    {
        using var scope = NewDisposeScope();
        var tasks = Mixed with { Metrics = [metric] };
        var binary = metric is TaskMetric.RocAuc or TaskMetric.PrAuc or TaskMetric.F1 or TaskMetric.Accuracy;
        Assert.Equal(loss, RelativeError.Of(Labels(tasks, Train), Labels(tasks, Rows), tasks).ErrorsOfMeans[binary ? 0 : 1], 12);
    }

    [Fact]
    public void ClassesOfOneProblemAreMeasuredByTheMostFrequentOne()
    {
        using var scope = NewDisposeScope();
        var tasks = new TaskSet([.. "ABC".Select(c => new TaskInfo($"{c}", TaskKind.Binary, 1))], [0, 1, 2], OneVsAll: true);
        var train = Labels(tasks, new float[,] { { 0, 1, 0 }, { 0, 1, 0 }, { 1, 0, 0 } });
        var rows = Labels(tasks, new float[,] { { 0, 1, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } });
        var result = Evaluator.Evaluate(tensor(new float[,] { { 0, 1, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { 0, 1, 0 } }), rows, tasks);
        Assert.Equal(0.25 / 0.5, RelativeError.Of(train, rows, tasks).Value(result), 12);
        Assert.Equal(0.25, RelativeError.Of(train, rows, tasks).Measure(result), 12);
    }

    /// <summary>A task whose predictions are NaN makes the relative error NaN, instead of being left out like a task without
    /// labels.</summary>
    [Fact]
    public void ADivergedTaskIsNoTaskLeftOut()
    {
        using var scope = NewDisposeScope();
        var result = Evaluator.Evaluate(
            tensor(new float[,] { { 1, float.NaN, 0, 0, 1 }, { 1, 3, 0, 0, 1 }, { -1, 3, 1, 0, 0 }, { -1, 3, 1, 0, 0 } }),
            Labels(Mixed, Rows),
            Mixed);
        Assert.True(double.IsNaN(RelativeError.Of(Labels(Mixed, Train), Labels(Mixed, Rows), Mixed).Value(result)));
    }

    private static readonly float[,] Train = { { 1, 1, 2 }, { 1, 3, 2 }, { 1, 2, 2 }, { 0, 2, 0 } };

    private static readonly float[,] Rows = { { 1, 0, 2 }, { 1, 2, 2 }, { 0, 4, 0 }, { 0, 6, 2 } };

    private static Labels Labels(TaskSet tasks, float[,] values) => UAmtfl.Data.Labels.From(tensor(values), tasks.LabelColumns);

    private static float[,] InUnits(float[,] values, float unit, int column)
    {
        var scaled = (float[,])values.Clone();
        for (var row = 0; row < scaled.GetLength(0); row++)
        {
            scaled[row, column] *= unit;
        }

        return scaled;
    }
}
