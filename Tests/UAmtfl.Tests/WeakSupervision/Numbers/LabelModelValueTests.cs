using UAmtfl.Data;
using UAmtfl.WeakSupervision;
using static TorchSharp.torch;

namespace UAmtfl.Tests.WeakSupervision.Numbers;

/// <summary>The values, limit cases and invariances of label models with two feasible vectors.</summary>
public sealed class LabelModelValueTests
{
    private static readonly WeakLabelPlan MeTaL = new() { Balance = ClassBalance.Uniform };

    /// <summary>Three sources that are right on 90, 80 and 70 % of the rows.</summary>
    private static readonly VotingWorld Three = VotingWorld.OneTask(
        0.5, VotingWorld.Binary("a", 0.9), VotingWorld.Binary("b", 0.8), VotingWorld.Binary("c", 0.7));

    [Fact]
    public void ThreeSourcesAreTheTripletOfTheirCovariances()
    {
        // E[λ Y] of labels ±1 is 2 P(right) − 1.
        var table = VotingWorld.OneTask(
            0.5, VotingWorld.Binary("a", 0.9), VotingWorld.Binary("b", 0.8), VotingWorld.Binary("c", 0.7)).Population();
        var model = LabelModelFit.Fit(table, MeTaL);
        Assert.Equal([0.8, 0.6, 0.4], Enumerable.Range(0, 3).Select(s => Math.Round((2 * model.Accuracy(s, 0)) - 1, 10)));
        Assert.InRange(model.Certificate!.Gradient, 0, 1e-12);
        Assert.InRange(model.Certificate.Residual, 0, 1e-12);
    }

    [Fact]
    public void TheInverseCovarianceIsCompletedByZ()
    {
        double[] a = [0.8, 0.6, 0.4];
        using var accuracies = tensor(a);
        using var covariances = accuracies.outer(accuracies) + diag(1 - accuracies.square());
        var (z, gradient, _, _) = RankOne.Complete(-linalg.inv(covariances), [0, 1, 2], "");
        Assert.Equal([1.1826432525, 0.4989276221, 0.2534235541], z.Select(v => Math.Round(Math.Abs(v), 10)));
        using var rank = tensor(z);
        using var product = covariances.mv(rank);
        using var recovered = product / Math.Sqrt(1 + rank.dot(product).item<double>());
        Assert.Equal(a, recovered.data<double>().Select(v => Math.Round(Math.Abs(v), 10)));
        Assert.InRange(gradient, 0, 1e-10);
    }

    [Fact]
    public void ThePosteriorIsThatOfBayes()
    {
        var table = Three.Population();
        var model = LabelModelFit.Fit(table, MeTaL);
        Assert.Equal(0.939130434783, Posterior(model, table, 1, 1, 0)[1], 12);
    }

    [Fact]
    public void SourcesInAnotherOrderHaveTheSameAccuracies()
    {
        var other = Three with { Groups = [Three.Groups[2], Three.Groups[0], Three.Groups[1]] };
        var model = LabelModelFit.Fit(other.Population(), MeTaL);
        Assert.Equal([0.7, 0.9, 0.8], Enumerable.Range(0, 3).Select(s => Math.Round(model.Accuracy(s, 0), 10)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ARowOnWhichAllAbstainHasThePriorIfAbstainingIsNoEvidence(bool abstentions)
    {
        // Source c abstains more often on class 1.
        var world = VotingWorld.OneTask(
            0.3, VotingWorld.Binary("a", 0.9, 0.3), VotingWorld.Binary("b", 0.8, 0.2),
            VotingWorld.Single("c", [[-1], [0], [1]], [[0.1, 0.7, 0.2], [0.5, 0.1, 0.4]]));
        var table = world.Population();
        var model = LabelModelFit.Fit(table, new() { Abstentions = abstentions }, balance: [0.7, 0.3]);
        var posterior = Posterior(model, table, -1, -1, -1);
        Assert.Equal(abstentions ? 0.3 * 0.5 / ((0.3 * 0.5) + (0.7 * 0.1)) : 0.3, posterior[1], 10);
    }

    [Fact]
    public void TheSharesOfTheClassesFollowFromThreeWayOverlaps()
    {
        var world = VotingWorld.OneTask(
            0.2, VotingWorld.Binary("a", 0.9, 0.1), VotingWorld.Binary("b", 0.75), VotingWorld.Binary("c", 0.7, 0.4),
            VotingWorld.Single("d", [[-1], [0], [1]], [[0.2, 0.5, 0.3], [0.4, 0.1, 0.5]]));
        var model = LabelModelFit.Fit(world.Population(), new());
        Assert.Equal(0.2, model.Balance[1], 9);
        Assert.Equal(0.75, model.Accuracy(1, 0), 9);
    }

    [Fact]
    public void TwentyFiveSourcesGiveTheSharesOfASample()
    {
        var random = new Random(1);
        var world = VotingWorld.OneTask(
            0.35, [.. Enumerable.Range(0, 25).Select(i => VotingWorld.Binary($"s{i}", 0.6 + (0.3 * random.NextDouble()), 0.2))]);
        var (table, truth) = world.Sample(40_000, 2);
        Assert.Equal(truth.Average(), LabelModelFit.Fit(table, new()).Balance[1], 3e-3);
    }

    [Theory]
    [InlineData(SourceDependencies.Declared)]
    [InlineData(SourceDependencies.Ignored)]
    public void ACopiedSourceSharpensThePosteriorOnlyIfItsDependencyIsForgotten(SourceDependencies dependencies)
    {
        var copied = VotingWorld.OneTask(
            0.5, new(["a", "copy"], [[[0], [0]], [[1], [1]]], [[0.8, 0.2], [0.2, 0.8]]),
            VotingWorld.Binary("b", 0.8), VotingWorld.Binary("c", 0.7));
        var table = copied.Population();
        var model = LabelModelFit.Fit(table, MeTaL with { Dependencies = dependencies }, copied.Dependencies);
        var posterior = Posterior(model, table, 1, 1, 0, 0)[1];
        var single = 0.8 * 0.2 * 0.3 / ((0.8 * 0.2 * 0.3) + (0.2 * 0.8 * 0.7));
        if (dependencies == SourceDependencies.Declared)
        {
            Assert.Equal(single, posterior, 10);
            Assert.Empty(model.Notes);
        }
        else
        {
            Assert.InRange(posterior, single + 0.1, 1);
            Assert.Contains("'a' and 'copy' say the same", Assert.Single(model.Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void SourcesOfOneAccuracyGiveTheMajority()
    {
        var world = VotingWorld.OneTask(0.5, [.. Enumerable.Range(0, 5).Select(i => VotingWorld.Binary($"s{i}", 0.75, 0.2))]);
        var table = world.Population();
        var votes = LabelModelFit.Fit(table, new() { Model = WeakLabelModel.MajorityVote }).Posteriors(table);
        Assert.All(LabelModelFit.Fit(table, MeTaL).Posteriors(table).Zip(votes), p =>
        {
            Assert.Equal(1, p.First.Sum(), 12);
            Assert.Equal(Math.Sign(Math.Round(p.Second[1] - 0.5, 9)), Math.Sign(Math.Round(p.First[1] - 0.5, 9)));
        });
    }

    [Fact]
    public void DependentSourcesHaveTheSameAccuraciesByTheInverseCovariance()
    {
        double[][] given = [[0.1, 0.05, 0.05, 0.5, 0.2, 0.1], [0.1, 0.02, 0.18, 0.1, 0.1, 0.5]];
        var world = VotingWorld.OneTask(
            0.4, new(["a", "b"], [[[-1], [-1]], [[-1], [0]], [[1], [-1]], [[0], [0]], [[0], [1]], [[1], [1]]], given),
            VotingWorld.Binary("c", 0.8, 0.1), VotingWorld.Binary("d", 0.7));
        var table = world.Population();
        var model = LabelModelFit.Fit(table, MeTaL, world.Dependencies, [0.6, 0.4]);
        Assert.Equal("completion of the inverse covariances", model.Certificate!.Method);
        Assert.Equal(((0.7 * 0.6) + (0.68 * 0.4)) / ((0.85 * 0.6) + (0.88 * 0.4)), model.Accuracy(0, 0), 10);
        Assert.Equal(0.8, model.Accuracy(2, 0), 10);
        Assert.Equal(0.7, model.Accuracy(3, 0), 10);
    }

    [Fact]
    public void TheLossOfTheCompletedMatrixIsZeroAtTheEstimate()
    {
        var table = Three.Population();
        var model = (FactorModel)LabelModelFit.Fit(table, MeTaL);
        Assert.InRange(SecondMomentLoss.Of(table, model), 0, 1e-20);
    }

    [Fact]
    public void ASourceWorseThanRandomCountsAgainstItsVotes()
    {
        var world = Three with { Groups = [.. Three.Groups, VotingWorld.Binary("bad", 0.2)] };
        var table = world.Population();
        var model = LabelModelFit.Fit(table, MeTaL);
        Assert.Equal(0.2, model.Accuracy(3, 0), 10);
        Assert.True(Posterior(model, table, 1, 0, -1, 0)[1] > Posterior(model, table, 1, 0, -1, 1)[1]);
    }

    [Fact]
    public void OneSourceThatIsAlwaysWrongDoesNotTurnTheOthersRound()
    {
        var world = VotingWorld.OneTask(
            0.5, VotingWorld.Binary("a", 0.65), VotingWorld.Binary("b", 0.65), VotingWorld.Binary("c", 0.65),
            VotingWorld.Binary("d", 0.02));
        var model = LabelModelFit.Fit(world.Population(), MeTaL);
        Assert.Equal([0.65, 0.65, 0.65, 0.02], Enumerable.Range(0, 4).Select(s => Math.Round(model.Accuracy(s, 0), 8)));
    }

    [Fact]
    public void SourcesThatSayTheSameOfEveryRowAreNamed()
    {
        var world = Three with { Groups = [Three.Groups[0], VotingWorld.Single("yes", [[1]], [[1], [1]]), Three.Groups[1]] };
        Assert.Equal(
            "a label model needs at least three sources that do not depend on each other, and there are 2 (a; b), as yes says the same of "
            + "every row: add sources, or use WeakLabelModel.MajorityVote",
            Assert.Throws<DataException>(() => LabelModelFit.Fit(world.Population(), MeTaL)).Message);
    }

    [Fact]
    public void TwoIndependentSourcesAreTooFew()
    {
        var world = Three with { Groups = [Three.Groups[0], Three.Groups[1]] };
        Assert.Equal(
            "a label model needs at least three sources that do not depend on each other, and there are 2 (a; b): add sources, or use "
            + "WeakLabelModel.MajorityVote",
            Assert.Throws<DataException>(() => LabelModelFit.Fit(world.Population(), MeTaL)).Message);
    }

    [Fact]
    public void SourcesThatAgreeOnlyByChanceAreRefused()
    {
        var world = Three with { Groups = [Three.Groups[0], VotingWorld.Binary("b", 0.5), VotingWorld.Binary("c", 0.5)] };
        Assert.StartsWith(
            "the votes do not say how often each source is right",
            Assert.Throws<DataException>(() => LabelModelFit.Fit(world.Population(), MeTaL)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 0.6)]
    [InlineData(0, 1)]
    public void SharesThatAreNoDistributionAreRefused(double first, double second) => Assert.StartsWith(
        "the shares of the label vectors are [",
        Assert.Throws<DataException>(() => LabelModelFit.Fit(Three.Population(), MeTaL, balance: [first, second])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void AConstantSourceIsNotedAndChangesNothing()
    {
        var world = Three with { Groups = [.. Three.Groups, VotingWorld.Single("same", [[1]], [[1], [1]])] };
        var table = world.Population();
        var model = LabelModelFit.Fit(table, MeTaL);
        Assert.Equal("source 'same' says the same of every row, so that it tells nothing of the labels", Assert.Single(model.Notes));
        Assert.Equal(0.939130434783, Posterior(model, table, 1, 1, 0, 1)[1], 12);
    }

    /// <summary>The posterior of a row of votes on one task.</summary>
    private static double[] Posterior(LabelModel model, VoteTable table, params int[] votes)
    {
        var symbols = votes.Select((v, s) => (ushort)table.Sources[s].Alphabet.Index().First(a => a.Item[0] == v).Index).ToArray();
        var posterior = new double[table.Labels.Vectors.Count];
        model.Posterior(symbols, posterior);
        return posterior;
    }
}
