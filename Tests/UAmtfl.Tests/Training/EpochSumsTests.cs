using UAmtfl.Data;
using UAmtfl.Training;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training;

/// <summary>The sums over an epoch, for numbers that can be added by hand.</summary>
public sealed class EpochSumsTests
{
    /// <summary>The loss of a task is the mean over the steps in which the task has a label.</summary>
    [Fact]
    public void ATasksLossIsTheMeanOverTheStepsWithALabel()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var sums = new EpochSums(zeros(1), tasks: 2, missing: true);
        sums.Add(tensor(3f), tensor(new[] { 1f, 4f }), Batch(new float[,] { { 1, 0 }, { 1, 1 } }));
        sums.Add(tensor(5f), tensor(new[] { 2f, 0f }), Batch(new float[,] { { 0, 0 }, { 1, 0 } }));
        sums.Add(tensor(7f), tensor(new[] { 6f, 2f }), Batch(new float[,] { { 1, 1 }, { 0, 0 } }));
        Assert.Equal(5, sums.Objective.item<float>());
        Assert.Equal([3f, 3f], sums.Losses.data<float>().ToArray());
    }

    /// <summary>For each task the steps before its first loss that is not finite are counted. The task with the fewest is where a
    /// divergence began.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void StepsWithAFiniteLossAreCounted(float broken)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var sums = new EpochSums(zeros(1), tasks: 3, missing: false);
        var labels = new Labels(zeros(1, 3), null);
        sums.Add(tensor(1f), tensor(new[] { 1f, float.MaxValue, 0f }), labels);
        sums.Add(tensor(1f), tensor(new[] { 1f, broken, 0f }), labels);
        sums.Add(tensor(1f), tensor(new[] { broken, broken, -2f }), labels);
        Assert.Equal([2f, 1f, 3f], sums.Finite.data<float>().ToArray());
    }

    private static Labels Batch(float[,] observed)
    {
        var mask = tensor(observed);
        return new(zeros_like(mask), mask);
    }
}
