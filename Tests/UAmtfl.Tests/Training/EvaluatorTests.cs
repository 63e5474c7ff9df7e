using UAmtfl.Data;
using UAmtfl.Evaluation;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>The evaluator's errors equal those counted by hand.</summary>
public sealed class EvaluatorTests
{
    [Fact]
    public void OneVsAllIsArgMaxAndCountsForTheRowsClass()
    {
        using var scope = NewDisposeScope();
        var tasks = new TaskSet([.. "ABC".Select(c => new TaskInfo($"{c}", TaskKind.Binary, 1))], [0, 1, 2], OneVsAll: true);
        var outputs = tensor(new float[,] { { -1, -2, -3 }, { 5, 4, 3 }, { 0, 9, 1 }, { 1, 2, 0 } });
        var labels = new Labels(tensor(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 1, 0 }, { 0, 1, 0 } }), null);
        var result = Evaluator.Evaluate(outputs, labels, tasks);
        Assert.Equal(0.25, result.OverallError);
        Assert.Equal(0, result.TaskErrors[0]);
        Assert.Equal(1.0 / 3, result.TaskErrors[1], 1e-15);
        Assert.True(double.IsNaN(result.TaskErrors[2]));
        Assert.Equal(1f, result.RowErrors[1, 1].item<float>());
        Assert.True(float.IsNaN(result.RowErrors[1, 0].item<float>()));
    }

    [Fact]
    public void MixedKindsWithMissingLabels()
    {
        using var scope = NewDisposeScope();
        var tasks = new TaskSet(
            [new("B", TaskKind.Binary, 1), new("R", TaskKind.Regression, 1), new("C", TaskKind.Classification, 3)], [0, 1, 2], false);
        var outputs = tensor(new float[,] { { 2, 1, 0, 5, 0 }, { -2, 3, 9, 0, 0 }, { 1, 0, 0, 0, 1 } });
        var labels = Labels.From(tensor(new float[,] { { 1, 0, 1 }, { 1, float.NaN, 2 }, { float.NaN, 2, 2 } }), [0, 1, 2]);
        var result = Evaluator.Evaluate(outputs, labels, tasks);
        Assert.Equal([0.5, 2.5, 1.0 / 3], result.TaskErrors.Select(e => Math.Round(e, 15)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(double.NaN, result.OverallError);
        Assert.Equal(2.5, result.TaskLosses[1], 1e-6);
        Assert.Equal((Math.Log(1 + Math.Exp(-2)) + Math.Log(1 + Math.Exp(2))) / 2, result.TaskLosses[0], 1e-6);
        Assert.True(float.IsNaN(result.RowErrors[1, 1].item<float>()));
    }
}
