using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Evaluation;

/// <summary>The headline metric and all other metrics, on outputs for which they are computed by hand.</summary>
public sealed class HeadlineTests
{
    private static readonly float[,] Outputs = { { -2, 1 }, { 1, 1 }, { 1, 1 }, { 3, 1 }, { 9, 1 } };
    private static readonly float[,] Answers = { { 0, 1 }, { 0, 1 }, { 1, 1 }, { 1, 1 }, { float.NaN, 1 } };

    private static TaskSet Binary(params TaskMetric[] metrics) =>
        new([new("A", TaskKind.Binary, 1), new("B", TaskKind.Binary, 1)], [0, 1], OneVsAll: false) { Metrics = metrics };

    /// <summary>Task B has labels of one class only, so that its area is undefined and the mean area is that of A. A ranks 3.5 of 4 pairs
    /// rightly; its fifth row has no label.</summary>
    [Fact]
    public void ATaskOfOneClassIsLeftOutOfTheMeanArea()
    {
        using var scope = NewDisposeScope();
        var result = Evaluator.Evaluate(tensor(Outputs), Labels.From(tensor(Answers), [0, 1]), Binary(TaskMetric.RocAuc));
        Assert.Equal([1 - 0.875, double.NaN], result.TaskErrors);
        Assert.Equal(1 - 0.875, result.OverallError);
        Assert.Equal(1f, result.RowErrors[1, 0].item<float>());
    }

    [Fact]
    public void AllMetricsOfEveryTaskAreMeasured()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(tensor(Answers), [0, 1]);
        var result = Evaluator.Evaluate(tensor(Outputs), labels, Binary());
        var measures = TestMeasures.Of(tensor(Outputs), labels, Binary(), result.RowErrors);
        Assert.Equal(["Error", "Accuracy", "RocAuc", "PrAuc", "F1"], measures.TaskMetrics.Keys);
        Assert.Equal([0.25, 0], measures.TaskMetrics["Error"]);
        Assert.Equal([0.75, 1], measures.TaskMetrics["Accuracy"]);
        Assert.Equal([0.875, double.NaN], measures.TaskMetrics["RocAuc"]);
        Assert.Equal([(0.5 * 1) + (0.5 * 2 / 3), 1], measures.TaskMetrics["PrAuc"], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.8, 1], measures.TaskMetrics["F1"], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([false, true], measures.ConstantPredictions);
        Assert.Null(measures.Scores);
    }

    [Fact]
    public void ScoresAndLabelsAreKeptWhereTheHeadlineNeedsThem()
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(tensor(Answers), [0, 1]);
        var result = Evaluator.Evaluate(tensor(Outputs), labels, Binary(TaskMetric.PrAuc));
        var measures = TestMeasures.Of(tensor(Outputs), labels, Binary(TaskMetric.PrAuc), result.RowErrors);
        Assert.Equal([9f, 1f], measures.Scores![4]);
        Assert.Equal([float.NaN, 1f], measures.Labels![4]);
    }

    /// <summary>If all scores lie above the threshold, the predicted classes are constant. That is not reported if the headline is an
    /// area, because the scores still have an order.</summary>
    [Theory]
    [InlineData(TaskMetric.Default, true)]
    [InlineData(TaskMetric.F1, true)]
    [InlineData(TaskMetric.RocAuc, false)]
    [InlineData(TaskMetric.PrAuc, false)]
    public void OneClassIsConstantUnlessTheHeadlineIsOverTheOrderOfScores(TaskMetric metric, bool constant)
    {
        using var scope = NewDisposeScope();
        var labels = Labels.From(tensor(new float[,] { { 0, 0 }, { 1, 1 } }), [0, 1]);
        var outputs = tensor(new float[,] { { 1, 3 }, { 2, 3 } });
        var result = Evaluator.Evaluate(outputs, labels, Binary(metric));
        Assert.Equal([constant, true], TestMeasures.Of(outputs, labels, Binary(metric), result.RowErrors).ConstantPredictions);
    }

    /// <summary>The headline of each task is the first metric asked for that its kind has, and its error if it has none. For task R the
    /// squared errors are 1 and 9, the correlation of (1, 2) with (2, 5) is 1, and R² = 1 − 10 / 4.5.</summary>
    [Fact]
    public void EveryKindHasItsOwnHeadline()
    {
        using var scope = NewDisposeScope();
        var tasks = new TaskSet(
            [new("B", TaskKind.Binary, 1), new("R", TaskKind.Regression, 1), new("C", TaskKind.Classification, 3)],
            [0, 1, 2],
            false)
        {
            Metrics = [TaskMetric.Rmse, TaskMetric.F1],
        };
        var outputs = tensor(new float[,] { { 1, 1, 0, 1, 0 }, { -1, 2, 0, 1, 0 } });
        var labels = Labels.From(tensor(new float[,] { { 1, 2, 1 }, { 1, 5, 2 } }), [0, 1, 2]);
        var result = Evaluator.Evaluate(outputs, labels, tasks);
        Assert.Equal([1 - (2.0 / 3), Math.Sqrt(5), 0.5], result.TaskErrors, (a, b) => Math.Abs(a - b) < 1e-12);
        var measures = TestMeasures.Of(outputs, labels, tasks, result.RowErrors);
        Assert.Equal([double.NaN, 1 - (10 / 4.5), double.NaN], measures.TaskMetrics["R2"]);
        Assert.Equal(1, measures.TaskMetrics["Pearson"][1], 12);
        Assert.Equal([0.5, double.NaN, 0.5], measures.TaskMetrics["Error"]);
        Assert.Equal([false, false, true], measures.ConstantPredictions);
    }

    /// <summary>In a one-vs-all problem the predicted class is that of the largest logit. A task's error is over the rows of its class,
    /// its other metrics are over all rows. Class C is never predicted.</summary>
    [Fact]
    public void ClassesOfOneProblemAreSaidByTheLargestLogit()
    {
        using var scope = NewDisposeScope();
        var tasks = new TaskSet([.. "ABC".Select(c => new TaskInfo($"{c}", TaskKind.Binary, 1))], [0, 1, 2], OneVsAll: true);
        var outputs = tensor(new float[,] { { -1, -2, -3 }, { 5, 4, 3 }, { 0, 9, 1 }, { 1, 2, 0 } });
        var labels = new Labels(tensor(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 1, 0 }, { 0, 1, 0 } }), null);
        foreach (var metric in new[] { TaskMetric.Default, TaskMetric.F1 })
        {
            var asked = tasks with { Metrics = [metric] };
            var result = Evaluator.Evaluate(outputs, labels, asked);
            var measures = TestMeasures.Of(outputs, labels, asked, result.RowErrors);
            Assert.Equal([0, 1.0 / 3, double.NaN], measures.TaskMetrics["Error"], (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);

            // A is predicted in rows 1 and 2, and true in row 1. B is predicted in rows 3 and 4, and true in rows 2, 3 and 4.
            Assert.Equal([2.0 / 3, 4.0 / 5, double.NaN], measures.TaskMetrics["F1"], (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);
            Assert.Equal([false, false, true], measures.ConstantPredictions);
            Assert.Equal(metric == TaskMetric.F1 ? 1 - (((2.0 / 3) + 0.8) / 2) : 0.25, result.OverallError, 12);
        }
    }
}
