using UAmtfl.WeakSupervision;

namespace UAmtfl.Tests.WeakSupervision.Numbers;

/// <summary>Intervals of the accuracies of sources, and votes that are counted.</summary>
public sealed class LabelModelIntervalTests
{
    [Fact]
    public void IntervalsHaveTheWidthOfTheSpreadOfTheEstimates()
    {
        var world = VotingWorld.OneTask(
            0.4, VotingWorld.Binary("a", 0.9, 0.1), VotingWorld.Binary("b", 0.8), VotingWorld.Binary("c", 0.7, 0.2),
            VotingWorld.Binary("d", 0.75));
        var fits = Enumerable.Range(0, 16).Select(seed =>
            LabelModelFit.FitWithIntervals(world.Sample(2000, seed).Table, new(), balance: [0.6, 0.4])).ToList();
        for (var source = 0; source < 4; source++)
        {
            var estimates = fits.Select(f => f.Model.Accuracy(source, 0)).ToList();
            var mean = estimates.Average();
            var spread = 2.262 * Math.Sqrt(estimates.Sum(e => (e - mean) * (e - mean)) / 15);
            Assert.InRange(fits.Average(f => f.HalfWidths[source][0]) / spread, 0.65, 1.5);
        }
    }

    [Fact]
    public void RareCombinationsOfDependentSourcesHaveIntervalsToo()
    {
        // Four copies with their own mistakes: most of their 81 combinations of votes are rare.
        var votes = Enumerable.Range(0, 81).Select(i => new[] { (i / 27) - 1, (i / 9 % 3) - 1, (i / 3 % 3) - 1, (i % 3) - 1 }).ToArray();
        double Given(int y, int[] said) => said.Select(v => v < 0 ? 0.1 : v == y ? 0.72 : 0.18).Aggregate((a, b) => a * b);
        var copies = new VotingWorld.Group(
            ["a", "b", "c", "d"], [.. votes.Select(v => v.Select(x => new[] { x }).ToArray())],
            [.. Enumerable.Range(0, 2).Select(y => votes.Select(v => Given(y, v)).ToArray())]);
        var world = VotingWorld.OneTask(
            0.4, copies, VotingWorld.Binary("e", 0.8, 0.1), VotingWorld.Binary("f", 0.75), VotingWorld.Binary("g", 0.7, 0.1));
        for (var seed = 0; seed < 2; seed++)
        {
            var (model, halfWidths) = LabelModelFit.FitWithIntervals(world.Sample(1000, seed).Table, new(), world.Dependencies);
            Assert.Empty(model.Notes);
            Assert.All(halfWidths, w => Assert.InRange(w[0], 0.005, 0.25));
            Assert.Equal(0.8, model.Accuracy(4, 0), 0.1);
        }
    }

    [Fact]
    public void AnAccuracyOfFewVotesHasNoInterval()
    {
        var world = VotingWorld.OneTask(0.5, VotingWorld.Binary("a", 0.9), VotingWorld.Binary("b", 0.8), VotingWorld.Binary("c", 0.8));
        var (_, halfWidths) = LabelModelFit.FitWithIntervals(world.Sample(60, 1).Table, new());
        Assert.All(halfWidths, w => Assert.True(double.IsNaN(w[0])));
    }

    [Fact]
    public void MajorityVotesAreSharesOfVotes()
    {
        var table = VoteTable.Of(
            FeasibleLabels.All([0], [3]), [.. Enumerable.Range(0, 4).Select(i => new WeakSource($"s{i}", [0]))],
            new(2, 4, 1, [2, 2, 0, -1, -1, -1, -1, -1]));
        var posteriors = LabelModelFit.Fit(table, new() { Model = WeakLabelModel.MajorityVote }).Posteriors(table);
        Assert.Equal([1.0 / 3, 0, 2.0 / 3], posteriors[table.PatternOf[0]]);
        Assert.Equal([1.0 / 3, 1.0 / 3, 1.0 / 3], posteriors[table.PatternOf[1]]);
    }

    [Fact]
    public void AWeightedMajorityHeedsTheSourceThatAgreesWithTheOthers()
    {
        // Good sources agree with each other; the two bad ones vote at random.
        var world = VotingWorld.OneTask(
            0.5, VotingWorld.Binary("a", 0.9), VotingWorld.Binary("b", 0.9), VotingWorld.Binary("c", 0.9), VotingWorld.Binary("d", 0.5),
            VotingWorld.Binary("e", 0.5));
        var table = world.Sample(5000, 1).Table;
        var model = LabelModelFit.Fit(table, new() { Model = WeakLabelModel.WeightedMajority });
        ushort Symbol(int source, int vote) => (ushort)table.Sources[source].Alphabet.Index().First(a => a.Item[0] == vote).Index;
        var posterior = new double[2];
        model.Posterior([Symbol(0, 1), Symbol(1, 1), Symbol(2, 0), Symbol(3, 0), Symbol(4, 0)], posterior);
        Assert.InRange(posterior[1], 0.6, 1);
    }

    [Fact]
    public void CoverageOverlapConflictAndAccuracyAreCounted()
    {
        // Rows of three sources on one task, with the truth 1, 0, 1, unknown.
        var votes = new Votes(4, 3, 1, [1, 1, -1, 0, 1, -1, 0, -1, -1, -1, 1, 1]);
        var statistics = new VoteStatistics(votes, 0, [1, 0, 1, -1]);
        Assert.Equal(new SourceReport("a", "t", 0.75, 0.5, 0.25, 0.7, 0.1, 2.0 / 3), statistics.Of(0, "a", "t", 0.7, 0.1));
        Assert.Equal(new SourceReport("b", "t", 0.75, 0.75, 0.25, 0.7, 0.1, 0.5), statistics.Of(1, "b", "t", 0.7, 0.1));
        Assert.True(double.IsNaN(statistics.Of(2, "c", "t", 0, 0).TrueAccuracy));
    }
}
