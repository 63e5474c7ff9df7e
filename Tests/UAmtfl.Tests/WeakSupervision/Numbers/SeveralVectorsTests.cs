using UAmtfl.Data;
using UAmtfl.WeakSupervision;

namespace UAmtfl.Tests.WeakSupervision.Numbers;

/// <summary>Label models with more than two feasible vectors, which are fitted by maximum likelihood.</summary>
public sealed class SeveralVectorsTests
{
    /// <summary>The vectors of persons (doctor, lawyer) and organisations (hospital, office).</summary>
    private static readonly FeasibleLabels Kinds = FeasibleLabels.Of(
        [0, 1, 2], [2, 3, 3], [[0, 0, 2], [0, 1, 2], [1, 2, 0], [1, 2, 1]]);

    private static readonly double[] Shares = [0.3, 0.2, 0.3, 0.2];

    /// <summary>Sources of which one abstains on a task, and all have their own accuracy on each kind.</summary>
    private static readonly VotingWorld World = new(
        Kinds, Shares, [Source("a", 0.8, 0.7, 0.75, 0.65), Source("b", 0.7, 0.75, 0.6, 0.7), Source("c", 0.9, 0.6, 0.8, 0.75)]);

    [Fact]
    public void APopulationGivesItsOwnProbabilities()
    {
        var table = World.Population();
        var model = (FactorModel)LabelModelFit.Fit(table, new());
        Assert.Equal("maximum likelihood", model.Certificate!.Method);
        Assert.All(model.Balance.Zip(Shares), p => Assert.Equal(p.Second, p.First, 6));
        for (var source = 0; source < 3; source++)
        {
            var emission = model.Emission(source);
            foreach (var (symbol, votes) in table.Sources[source].Alphabet.Index())
            {
                var said = World.Groups[source].Votes.Index().Where(v => v.Item[0].SequenceEqual(votes)).Select(v => v.Index).ToList();
                for (var y = 0; y < 4 && said.Count > 0; y++)
                {
                    Assert.Equal(World.Groups[source].Given[y][said[0]], emission.Row(symbol)[y], 5);
                }
            }
        }

        Assert.InRange(SecondMomentLoss.Of(table, model), 0, 1e-11);
    }

    [Fact]
    public void CovariancesLeaveARotationThatTheLikelihoodDoesNot()
    {
        // μ √P Q √P⁻¹ with Q √P 1 = √P 1 has the second moments of μ, so that the loss of the paper is 0 at both.
        var table = World.Population();
        var model = (FactorModel)LabelModelFit.Fit(table, new());
        double[] root = [.. model.Balance.Select(Math.Sqrt)];
        var u = Orthogonal([1, -1, 0, 0], [root]);
        var v = Orthogonal([0, 0, 1, -1], [root, u]);
        var (cos, sin) = (Math.Cos(0.2), Math.Sin(0.2));
        double Rotated(int i, int j) => (i == j ? 1 : 0)
            + ((cos - 1) * ((u[i] * u[j]) + (v[i] * v[j]))) + (sin * ((v[i] * u[j]) - (u[i] * v[j])));
        var tables = Enumerable.Range(0, 3).Select(source =>
        {
            var emission = model.Emission(source);
            var rotated = new CliqueTable([source], [.. table.Sources.Select(s => s.Alphabet.Count)], 4);
            for (var symbol = 0; symbol < emission.Configurations; symbol++)
            {
                for (var y = 0; y < 4; y++)
                {
                    rotated.Row(symbol)[y] = Enumerable.Range(0, 4).Sum(x => emission.Row(symbol)[x] * root[x] * Rotated(x, y)) / root[y];
                }
            }

            return rotated;
        }).ToList();
        var other = new FactorModel(table, [.. model.Balance], tables, [], abstentions: true);
        Assert.InRange(SecondMomentLoss.Of(table, other), 0, 1e-11);
        Assert.InRange(model.Emission(0).Values.Zip(other.Emission(0).Values, (a, b) => Math.Abs(a - b)).Max(), 0.05, 1);
    }

    [Fact]
    public void SourcesInAnotherOrderHaveTheSameProbabilities()
    {
        var model = LabelModelFit.Fit(World.Population(), new());
        var other = LabelModelFit.Fit((World with { Groups = [World.Groups[1], World.Groups[2], World.Groups[0]] }).Population(), new());
        for (var task = 0; task < 3; task++)
        {
            Assert.Equal(model.Accuracy(0, task), other.Accuracy(2, task), 6);
            Assert.Equal(model.Accuracy(1, task), other.Accuracy(0, task), 6);
        }
    }

    [Fact]
    public void MarginalsAreThoseOfFeasibleVectors()
    {
        var table = World.Population();
        foreach (var posterior in LabelModelFit.Fit(table, new()).Posteriors(table))
        {
            var (entity, profession, place) = (
                LabelModel.Marginal(Kinds, posterior, 0), LabelModel.Marginal(Kinds, posterior, 1),
                LabelModel.Marginal(Kinds, posterior, 2));
            Assert.Equal(1, posterior.Sum(), 12);
            Assert.Equal(1, profession.Sum(), 12);
            Assert.Equal(entity[0], profession[0] + profession[1], 12);      // persons have a profession
            Assert.Equal(entity[0], place[2], 12);                           // and no place
        }
    }

    [Fact]
    public void AChainOfSourcesHasThePosteriorOfItsJointDistribution()
    {
        // a, b and c of one task with three classes: b depends on a, c on b, so that the posterior divides by P(λ_b | Y).
        var right = new[] { 0.8, 0.7, 0.6 };
        double Alone(int y, int vote) => vote == y ? right[y] : (1 - right[y]) / 2;
        double Next(int y, int before, int vote) => (0.5 * (vote == before ? 1 : 0)) + (0.5 * Alone(y, vote));
        var votes = Enumerable.Range(0, 27).Select(i => new[] { i / 9, i / 3 % 3, i % 3 }).ToArray();
        var chain = new VotingWorld.Group(
            ["a", "b", "c"], [.. votes.Select(v => v.Select(x => new[] { x }).ToArray())],
            [
                .. Enumerable.Range(0, 3).Select(y =>
                    votes.Select(v => Alone(y, v[0]) * Next(y, v[0], v[1]) * Next(y, v[1], v[2])).ToArray()),
            ]);
        VotingWorld.Group Free(string name, double accuracy) => VotingWorld.Single(
            name, [[0], [1], [2]],
            [.. Enumerable.Range(0, 3).Select(y => Enumerable.Range(0, 3).Select(v => v == y ? accuracy : (1 - accuracy) / 2).ToArray())]);
        var world = new VotingWorld(
            FeasibleLabels.All([0], [3]), [0.5, 0.3, 0.2], [chain, Free("d", 0.8), Free("e", 0.7), Free("f", 0.75)]);
        var table = world.Population();
        var model = LabelModelFit.Fit(table, new(), [("a", "b"), ("b", "c")], world.Balance);
        Assert.Equal([[1]], ((FactorModel)model).Separators.Select(s => s.Members));
        var posterior = new double[3];
        var symbols = new[] { 1, 1, 2, 0, 2, 1 }
            .Select((v, s) => (ushort)table.Sources[s].Alphabet.Index().First(a => a.Item[0] == v).Index);
        model.Posterior([.. symbols], posterior);
        var joint = Enumerable.Range(0, 3).Select(y => world.Balance[y] * Alone(y, 1) * Next(y, 1, 1) * Next(y, 1, 2)
            * (y == 0 ? 0.8 : 0.1) * (y == 2 ? 0.7 : 0.15) * (y == 1 ? 0.75 : 0.125)).ToArray();
        Assert.All(joint.Zip(posterior), p => Assert.Equal(p.First / joint.Sum(), p.Second, 5));
    }

    [Fact]
    public void VotesThatNoFeasibleVectorHasTogetherAreRefused()
    {
        var votes = new Votes(1, 1, 3, [0, -1, 1]);
        Assert.Equal(
            "source 's' votes [0, –, 1] in training row 0 (rows count from 0), which no feasible label vector has: mend the source, or "
            + "let it abstain there",
            Assert.Throws<DataException>(() => VoteTable.Of(Kinds, [new("s", [0, 1, 2])], votes)).Message);
    }

    [Fact]
    public void AVoteImpliesWhatAllVectorsWithItHaveInCommon()
    {
        var votes = new Votes(3, 1, 3, [-1, 1, -1, 1, -1, -1, -1, -1, -1]).Completed(
            Kinds, [new("s", [0, 1, 2])], ["entity", "profession", "place"]);
        Assert.Equal([0, 1, 2, 1, 2, -1, -1, -1, -1], votes.Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SourcesThatGuessAreNoted(bool abstentions)
    {
        var guess = new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 };
        var world = new VotingWorld(
            FeasibleLabels.All([0], [3]), guess,
            [.. "abcd".Select(name => VotingWorld.Single(
                $"{name}", [[-1], [0], [1], [2]], [.. guess.Select(_ => new[] { 0.4, 0.2, 0.2, 0.2 })]))]);
        Assert.Contains(
            "the sources agree hardly more than by chance, so that the estimates mean little",
            LabelModelFit.Fit(world.Sample(2000, 1).Table, new() { Abstentions = abstentions }).Notes);
        Assert.Empty(LabelModelFit.Fit(World.Sample(2000, 1).Table, new() { Abstentions = abstentions }).Notes);
    }

    [Fact]
    public void NoFeasibleVectorIsAnError() => Assert.Equal(
        "no label vector is feasible: the method Feasible returns false for all of them",
        Assert.Throws<DataException>(() => FeasibleLabels.All([0, 1], [2, 2]).Where(_ => false).Vectors).Message);

    [Fact]
    public void CombinationsOfClassesChangeTheLastTaskFastest() => Assert.Equal(
        [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]], FeasibleLabels.All([0, 1], [2, 3]).Vectors);

    /// <summary>The part of a vector that is orthogonal to others, of length 1.</summary>
    private static double[] Orthogonal(double[] vector, double[][] others)
    {
        foreach (var other in others)
        {
            var along = vector.Zip(other, (a, b) => a * b).Sum() / other.Sum(b => b * b);
            vector = [.. vector.Zip(other, (a, b) => a - (along * b))];
        }

        var length = Math.Sqrt(vector.Sum(a => a * a));
        return [.. vector.Select(a => a / length)];
    }

    /// <summary>A source that abstains on a tenth of the rows and is right with a probability for each kind.</summary>
    private static VotingWorld.Group Source(string name, params double[] right) => VotingWorld.Single(
        name, [[-1, -1, -1], .. Kinds.Vectors],
        [.. right.Select((r, y) => new[] { 0.1 }.Concat(Enumerable.Range(0, 4).Select(v => 0.9 * (v == y ? r : (1 - r) / 3))).ToArray())]);
}
