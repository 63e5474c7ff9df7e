using UAmtfl.Tasks;
using UAmtfl.Training.Structure;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Training.Architectures;

/// <summary>The affinities of tasks and the grouping of branches, against values that were worked out by hand and all groupings.</summary>
public sealed class BranchGroupingTests
{
    /// <summary>Votes of four tasks on eight rows, with A(1, ·) = [1, .75, .125, .375] and A(2, ·) = [.75, 1, .125, .125].</summary>
    private static readonly double[,] Votes =
    {
        { 1, 0, 1, 1 }, { 0, 1, 1, 0 }, { 0, 0, 1, 0 }, { 0, 0, 1, 1 }, { 0, 0, 1, 1 }, { 0, 0, 1, 1 }, { 0, 0, 1, 1 }, { 0, 0, 1, 1 },
    };

    [Fact]
    public void AffinitiesAreThoseOfTheReference()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(
            new[,] { { 1, .75, .125, .375 }, { .75, 1, .125, .125 }, { .125, .125, 1, .75 }, { .375, .125, .75, 1 } },
            Difficulty.Affinities(tensor(Votes), null));
        Assert.Equal(Difficulty.Affinities(tensor(Votes), null), Difficulty.Affinities(1 - tensor(Votes), null));
    }

    [Theory]
    [InlineData(.5, new[] { 0, 0, 0, 0 }, .4375)]
    [InlineData(2, new[] { 0, 0, 1, 1 }, 1.5)]
    [InlineData(5, new[] { 0, 0, 1, 1 }, 2.25)]
    public void TheBestGroupingIsThatOfTheReference(double alpha, int[] groups, double loss)
    {
        using var scope = NewDisposeScope();
        var affinities = BranchGrouping.OfBranches(Difficulty.Affinities(tensor(Votes), null), [0, 1, 2, 3]);
        Assert.Equal(groups, BranchGrouping.Best(affinities, alpha, 1));
        Assert.Equal(loss, BranchGrouping.Loss(affinities, groups, alpha, 1), 1e-15);
    }

    /// <summary>The number of groupings of n branches is the Bell number of n, and none comes twice.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 15)]
    [InlineData(7, 877)]
    public void AllGroupingsAreTriedOnce(int branches, int groupings)
    {
        var all = BranchGrouping.All(branches).Select(g => string.Join(",", g)).ToList();
        Assert.Equal(groupings, all.Count);
        Assert.Equal(groupings, all.Distinct().Count());
    }

    /// <summary>The search finds the least of the losses of all ways to give each of five branches one of five numbers.</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(4)]
    public void NoGroupingIsBetterThanTheBest(double alpha)
    {
        var affinities = Symmetric(5, seed: 7);
        var least = Enumerable.Range(0, 3125)
            .Select(i => Numbered([.. Enumerable.Range(0, 5).Select(p => i / (int)Math.Pow(5, p) % 5)]))
            .Min(g => BranchGrouping.Loss(affinities, g, alpha, 0.2));
        Assert.Equal(least, BranchGrouping.Loss(affinities, BranchGrouping.Best(affinities, alpha, 0.2), alpha, 0.2), 1e-12);
    }

    /// <summary>Above ten branches pairs are joined, which finds groups that are far apart.</summary>
    [Fact]
    public void ManyBranchesAreJoinedInPairs()
    {
        int[] groups = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2];
        var affinities = new double[12, 12];
        for (var k = 0; k < 12; k++)
        {
            for (var l = 0; l < 12; l++)
            {
                affinities[k, l] = k == l ? 1 : groups[k] == groups[l] ? .9 : .1;
            }
        }

        Assert.Equal(groups, BranchGrouping.Best(affinities, 1, .05));
        Assert.Equal(new int[12], BranchGrouping.Best(affinities, .01, .05));
    }

    /// <summary>A branch of several tasks pays for their distance even if it is alone in its group, and the affinity of two branches is
    /// the mean of both directions.</summary>
    [Fact]
    public void BranchesOfSeveralTasksPayForTheirTasks()
    {
        using var scope = NewDisposeScope();
        var of = BranchGrouping.OfBranches(Difficulty.Affinities(tensor(Votes), null), [0, 0, 0, 1]);
        Assert.Equal((.125 + .125 + .125) / 3, of[0, 0], 1e-15);
        Assert.Equal(1, of[1, 1]);
        Assert.Equal((((.375 + .125 + .75) / 3) + .125) / 2, of[0, 1], 1e-15);
        Assert.Equal(of[0, 1], of[1, 0]);
    }

    /// <summary>Margins are |y − σ(o)|, |y − o| and 1 − p(y); a row whose margin is the mean is difficult, and missing labels count
    /// nowhere.</summary>
    [Fact]
    public void DifficultRowsHaveAtLeastTheMeanMargin()
    {
        using var scope = NewDisposeScope();
        TaskSet tasks = new(
            [new("B", TaskKind.Binary, 1), new("R", TaskKind.Regression, 1), new("C", TaskKind.Classification, 3)], [0, 1, 2], false);
        var outputs = tensor(new[,] { { 0.0, 2, 0, 0, 0 }, { 0, 5, 100, 0, 0 } });
        UAmtfl.Data.Labels labels = new(tensor(new[,] { { 1.0, 2, 2 }, { 0, 1, 0 } }), null);
        var margins = Difficulty.Margins(outputs, labels, tasks);
        Assert.True(margins.allclose(tensor(new[,] { { .5, 0, 2.0 / 3 }, { .5, 4, 0 } })));
        Assert.Equal(new double[] { 1, 0, 1, 1, 1, 0 }, Difficulty.Votes(margins, null).data<double>().ToArray());
        var observed = tensor(new[,] { { 1.0, 1, 1 }, { 1, 0, 1 } });
        Assert.Equal(new double[] { 1, 1, 1, 1, 1, 0 }, Difficulty.Votes(margins, observed).data<double>().ToArray());
        Assert.True(double.IsNaN(Difficulty.Affinities(zeros(2, 2), tensor(new[,] { { 1.0, 0 }, { 0, 1 } }))[0, 1]));
    }

    private static int[] Numbered(int[] groups)
    {
        var order = groups.Distinct().ToList();
        return [.. groups.Select(g => order.IndexOf(g))];
    }

    private static double[,] Symmetric(int count, int seed)
    {
        Random random = new(seed);
        var values = new double[count, count];
        for (var k = 0; k < count; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                values[k, l] = values[l, k] = k == l ? 1 : random.NextDouble();
            }
        }

        return values;
    }
}
