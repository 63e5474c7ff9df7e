using UAmtfl.Experiments.Tables;
using UAmtfl.Tasks;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Experiments;

public sealed class OwnedRowsTests
{
    /// <summary>The training rows alone decide how inputs are standardised: numbers by mean and deviation, flags by their mean, constants
    /// to 0.</summary>
    [Fact]
    public void TrainingRowsAloneStandardise()
    {
        using var scope = NewDisposeScope();
        var rows = new OwnedRows([1, 0, 7, 3, 1, 7, 100, 1, 9, -50, 0, 7], [10, 20, 100, 40], [0, 1, 1, 0]);
        var raw = rows.Split([0, 1], [2], [3]);
        Assert.Equal([100, 1, 9], raw.Validation.Inputs.data<float>().ToArray());
        using var splits = SplitFacts.Prepared(raw, TaskSet.Family(TaskKind.Regression, ["A", "B"]));
        Assert.Equal([-1, -0.5f, 0, 1, 0.5f, 0], splits.Train.Inputs.data<float>().ToArray());
        Assert.Equal([98, 0.5f, 2], splits.Validation.Inputs.data<float>().ToArray());
        Assert.Equal([-52, -0.5f, 0], splits.Test.Inputs.data<float>().ToArray());
        Assert.Equal([-5, 5], splits.Train.Labels.data<float>().ToArray());
        Assert.Equal([85], splits.Validation.Labels.data<float>().ToArray());
        Assert.Equal([0, 1], splits.Train.Owner!.data<long>().ToArray());
        Assert.Equal([1, 0], new[] { splits.Validation, splits.Test }.Select(s => s.Owner!.item<long>()));
        Assert.False(splits.SharedTest);
        Assert.Equal([[0, 3], [1, 2]], rows.ByTask(2));
    }
}
