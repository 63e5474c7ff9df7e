using UAmtfl.Weighting.GradientBased;

namespace UAmtfl.Tests.Numerics.Weighting.GradientBased;

public sealed class FocusedLearningTests
{
    [Theory]
    [InlineData(FocusSelect.Soft)]
    [InlineData(FocusSelect.Best)]
    [InlineData(FocusSelect.Subset)]
    public void ASimilarTaskHelpsByItsCosine(FocusSelect select)
    {
        double[][] j = [[1, 0], [1, 1]];
        var w = Solve(new(2, 0, select, 0), j);
        Assert.Equal(1, w[0]);
        Assert.Equal(Math.Sqrt(0.5), w[1], 1e-15);
        Assert.Equal([1.7071067812, 0.7071067812], Gradients.Direction(j, w).Select(v => Math.Round(v, 10)));
    }

    [Theory]
    [InlineData(FocusSelect.Soft)]
    [InlineData(FocusSelect.Best)]
    [InlineData(FocusSelect.Subset)]
    public void TasksThatConflictHaveNoWeight(FocusSelect select)
    {
        double[][] j = [[1, 0], [-1, 1], [0, 2], [-1, -3]];
        Assert.Equal([1, 0, 0, 0.0], Solve(new(4, 0, select, 0), j));
    }

    [Theory]
    [InlineData(FocusSelect.Soft, 1)]
    [InlineData(FocusSelect.Best, 1)]
    [InlineData(FocusSelect.Subset, 1)]
    public void EqualTasksHelpFully(FocusSelect select, double weight)
    {
        var w = Solve(new(3, 1, select, 0), [[3, 4], [3, 4], [3, 4]]);
        Assert.Equal(weight, w[1]);
        Assert.Equal(select == FocusSelect.Soft ? 3 : 2, w.Sum(), 1e-15);
    }

    /// <summary>A task's reward does not change if its loss is multiplied by a number, because the direction of its gradient does
    /// not.</summary>
    [Fact]
    public void RewardsDoNotDependOnTheScaleOfALoss()
    {
        var j = Gradients.Of("free", 4, 2);
        double[][] scaled = [.. j.Select((row, t) => row.Select(v => v * (1 << (3 * t))).ToArray())];
        Assert.Equal(Solve(new(4, 2, FocusSelect.Soft, 0), j), Solve(new(4, 2, FocusSelect.Soft, 0), scaled));
    }

    /// <summary>Two auxiliary tasks whose gradients diverge can be more similar to the focus task together than each alone.</summary>
    [Fact]
    public void ASubsetMayBeMoreSimilarThanItsTasks()
    {
        var w = Solve(new(4, 0, FocusSelect.Subset, 0), [[1, 0], [1, 1], [1, -1], [0, 1]]);
        Assert.Equal([1, 1, 1, 0.0], w);
        Assert.Equal(
            Math.Sqrt(0.5), Solve(new(4, 0, FocusSelect.Best, 0), [[1, 0], [1, 1], [1, -1], [0, 1]]).Max(w => w < 1 ? w : 0), 1e-15);
    }

    /// <summary>The algorithm as it is printed has a flaw: if the focus task is among the candidates, it alone is always selected,
    /// because its cosine with itself is the largest. Here an auxiliary task has the gradient of the focus task and is selected alone, so
    /// that the focus task must not be a candidate.</summary>
    [Fact]
    public void WithTheFocusAmongTheCandidatesItWouldAlwaysSelectItAlone()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var others = Gradients.Of(seed % 2 == 0 ? "free" : "conflicting", 4, seed);
            double[][] j = [others[0], others[0], others[1], others[2], others[3]];
            Assert.Equal([1, 1, 0, 0, 0], Solve(new(5, 0, FocusSelect.Subset, 0), j).Select(w => Math.Round(w, 12)));
            Assert.Equal([1, 1, 0, 0, 0], Solve(new(5, 0, FocusSelect.Best, 0), j).Select(w => Math.Round(w, 12)));
        }
    }

    [Fact]
    public void ThresholdsKeepSlightSimilarityOut()
    {
        double[][] j = [[1, 0], [1, 1], [1, 5]];
        Assert.Equal(0, Solve(new(3, 0, FocusSelect.Soft, 0.5), j)[2]);
        Assert.Equal(1 / Math.Sqrt(26), Solve(new(3, 0, FocusSelect.Soft, 0.1), j)[2], 1e-15);
    }

    [Fact]
    public void WithoutALabelOfTheFocusThereIsNoStep() =>
        Assert.Equal([0, 0, 0.0], Solve(new(3, 1, FocusSelect.Soft, 0), [[1, 2], [0, 0], [1, 1]]));

    private static double[] Solve(FocusedLearning learning, double[][] j) =>
        learning.Balance(Gradients.Gramian(j).Values.ToArray(), new double[j.Length]);
}
