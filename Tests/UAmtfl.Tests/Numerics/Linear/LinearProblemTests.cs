using UAmtfl.Data;
using UAmtfl.LinearModels;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Linear;

public sealed class LinearProblemTests
{
    private const double Missing = double.NaN;

    private static readonly TaskKind[] Kinds = [TaskKind.Regression, TaskKind.Binary, TaskKind.Regression, TaskKind.Regression];

    [Fact]
    public void TasksWithEqualMasksHoldTheSameInputs()
    {
        using var scope = NewDisposeScope();
        var inputs = tensor(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        var labels = Labels.From(tensor(new[,] { { 1, 0, 7, Missing }, { Missing, 1, Missing, 8 }, { 3, 1, 9, Missing } }), [0, 1, 2, 3]);
        var problem = LinearProblem.From(inputs, labels, Kinds);
        Assert.Same(problem.Tasks[0].Inputs, problem.Tasks[2].Inputs);
        Assert.NotSame(problem.Tasks[0].Inputs, problem.Tasks[1].Inputs);
        Assert.Equal([1, 2, 5, 6], Synthetic.Numbers(problem.Tasks[0].Inputs));
        Assert.Equal([1, 3], Synthetic.Numbers(problem.Tasks[0].Labels));
        Assert.Equal([0, 1, 1], Synthetic.Numbers(problem.Tasks[1].Labels));
        Assert.Same(problem.Tasks[1].Inputs, problem.Tasks[1].Origin!.Inputs);
        Assert.Equal([1], problem.Tasks[3].Origin!.Rows);
        Assert.Equal(TaskKind.Binary, problem.Tasks[1].Kind);
        Assert.Equal((2, 4), (problem.Dimension, problem.Count));
    }

    [Fact]
    public void WithoutMissingLabelsAllTasksHoldTheSameInputs()
    {
        using var scope = NewDisposeScope();
        var problem = LinearProblem.From(rand(4, 2), Labels.From(rand(4, 4), [0, 1, 2, 3]), Kinds);
        Assert.All(problem.Tasks, task => Assert.Same(problem.Tasks[0].Inputs, task.Inputs));
        Assert.All(problem.Tasks, task => Assert.Equal(ScalarType.Float64, task.Labels.dtype));
    }

    [Fact]
    public void EachRowBelongsToItsTask()
    {
        using var scope = NewDisposeScope();
        var problem = LinearProblem.From(
            tensor(new double[,] { { 1 }, { 2 }, { 3 } }),
            tensor(new double[] { 10, 20, 30 }),
            tensor(new long[] { 1, 0, 1 }),
            [TaskKind.Regression, TaskKind.Regression]);
        Assert.Equal([2], Synthetic.Numbers(problem.Tasks[0].Inputs));
        Assert.Equal([1, 3], Synthetic.Numbers(problem.Tasks[1].Inputs));
        Assert.Equal([10, 30], Synthetic.Numbers(problem.Tasks[1].Labels));
    }

    [Fact]
    public void RowsOfNoTaskAreRefused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<UAmtflException>(
            () => LinearProblem.From(rand(2, 1), rand(2), tensor(new long[] { 0, 2 }), [TaskKind.Regression, TaskKind.Regression]));
        Assert.Equal("Row 1 belongs to task 2, but the tasks are 0 to 1: check the tensor of task numbers.", error.Message);
    }

    [Fact]
    public void ShapesThatDoNotFitAreRefused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<UAmtflException>(() => LinearProblem.From(rand(3, 1), Labels.From(rand(3, 2), [0, 1]), Kinds));
        Assert.Equal("Inputs [3, 1] and labels [3, 2] of 4 tasks do not fit: give [N, d] and [N, T].", error.Message);
        Assert.Throws<UAmtflException>(() => LinearProblem.From(rand(3, 1), rand(2), zeros(2, dtype: ScalarType.Int64), Kinds));
    }
}
