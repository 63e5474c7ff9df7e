using UAmtfl.Experiments.Synthetic;

namespace UAmtfl.Tests.Experiments;

public sealed class SyntheticReportTests
{
    private static readonly BasisTruth Truth = new(12);

    /// <summary>The true bases in another order, of another sign and size, are found; the parameters that they make are right.</summary>
    [Fact]
    public void BasesAreFoundUpToOrderSignAndSize()
    {
        int[] order = [3, 5, 0, 1, 4, 2];
        double[] sizes = [-2, 0.5, 1, -0.1, 3, 1];
        double[][] basis = [.. order.Select((from, i) => Truth.Basis[from].Select(b => b * sizes[i]).ToArray())];
        var recovery = BasisRecovery.Of(Truth, basis, [.. Truth.Weights.Select(w => order.Select((from, i) => Coefficient(w, from) / sizes[i]).ToArray())]);
        Assert.Equal(1, recovery.Cosine, 1e-12);
        Assert.Equal(0, recovery.EasyError, 1e-12);
        Assert.Equal(0, recovery.HardError, 1e-12);
    }

    /// <summary>A basis that is found twice counts once, and no parameters are an error of one.</summary>
    [Fact]
    public void WhatIsNotFoundCounts()
    {
        double[][] basis = [Truth.Basis[0], Truth.Basis[0], Truth.Basis[1], Truth.Basis[2], new double[30], new double[30]];
        var recovery = BasisRecovery.Of(Truth, basis, [.. Truth.Weights.Select(_ => new double[6])]);
        Assert.Equal(0.5, recovery.Cosine, 1e-12);
        Assert.Equal((1, 1), (recovery.EasyError, recovery.HardError));
    }

    [Fact]
    public void BlocksLeaveTheDiagonalOut()
    {
        double[][] transfer = [[9, 1, 2, 4], [3, 9, 6, 8], [10, 20, 9, 5], [30, 40, 7, 9]];
        Assert.Equal((2, 5, 25, 6), (GroupReport.Block(transfer, false, false), GroupReport.Block(transfer, false, true), GroupReport.Block(transfer, true, false), GroupReport.Block(transfer, true, true)));
    }

    /// <summary>The names of the tasks are those that the data set makes, in its order.</summary>
    [Theory]
    [InlineData(12), InlineData(120)]
    public void TasksAreNamedAsTheyAreMade(int tasks)
    {
        var experiment = tasks == 12 ? SyntheticTasks.Descriptor : SyntheticTasks120.Descriptor;
        var truth = new BasisTruth(tasks);
        Assert.Equal(tasks, experiment.Tasks.Count);
        Assert.All(experiment.Tasks.Tasks.Index(), t => Assert.StartsWith($"{(truth.IsHard(t.Index) ? "Hard" : "Easy")}{truth.Pairs[t.Index].First + 1}{truth.Pairs[t.Index].Second + 1}", t.Item.Name));
    }

    private static double Coefficient(double[] weights, int basis)
    {
        var size = Truth.Basis[basis].Sum(b => b * b);
        return weights.Zip(Truth.Basis[basis], (w, b) => w * b).Sum() / size;
    }
}
