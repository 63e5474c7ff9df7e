using UAmtfl.WeakSupervision;

namespace UAmtfl.Tests.WeakSupervision.Numbers;

/// <summary>A world with known label vectors and sources, as a distribution over rows of votes or as a sample of it.</summary>
/// <param name="Labels">The feasible vectors.</param>
/// <param name="Balance">P(Y), [k].</param>
/// <param name="Groups">Independent groups of sources.</param>
internal sealed record VotingWorld(FeasibleLabels Labels, double[] Balance, IReadOnlyList<VotingWorld.Group> Groups)
{
    /// <summary>Sources that depend on each other.</summary>
    /// <param name="Names">The names of the sources.</param>
    /// <param name="Votes">What they say together, [configurations][sources][tasks], −1 where one abstains.</param>
    /// <param name="Given">P(configuration | Y), [k][configurations].</param>
    internal sealed record Group(string[] Names, int[][][] Votes, double[][] Given);

    public IReadOnlyList<WeakSource> Sources => [.. Groups.SelectMany(g => g.Names).Select(n => new WeakSource(n, Labels.Tasks))];

    public IReadOnlyList<(string, string)> Dependencies =>
        [.. Groups.SelectMany(g => g.Names.SelectMany((a, i) => g.Names.Skip(i + 1).Select(b => (a, b))))];

    /// <summary>A source of one task that votes 0 or 1 and is right with one probability on each class.</summary>
    public static Group Binary(string name, double right, double abstains = 0) => Single(
        name, [[-1], [0], [1]],
        [
            [abstains, (1 - abstains) * right, (1 - abstains) * (1 - right)],
            [abstains, (1 - abstains) * (1 - right), (1 - abstains) * right],
        ]);

    /// <summary>A source that depends on no other.</summary>
    public static Group Single(string name, int[][] votes, double[][] given) => new([name], [.. votes.Select(v => new[] { v })], given);

    /// <summary>The world of one binary task.</summary>
    public static VotingWorld OneTask(double positive, params Group[] groups) =>
        new(FeasibleLabels.All([0], [2]), [1 - positive, positive], groups);

    /// <summary>All rows of votes with their probabilities.</summary>
    public VoteTable Population()
    {
        var rows = new List<(int[][] Votes, double[] Joint)> { ([], Balance) };
        foreach (var group in Groups)
        {
            rows = [.. rows.SelectMany(row => group.Votes.Select((votes, c) =>
                ((int[][])[.. row.Votes, .. votes], row.Joint.Select((p, y) => p * group.Given[y][c]).ToArray()))
                .Where(r => r.Item2.Sum() > 0))];
        }

        return VoteTable.Of(Labels, Sources, Votes([.. rows.Select(r => r.Votes)]), [.. rows.Select(r => r.Joint.Sum())]);
    }

    /// <summary>Rows that are drawn at random.</summary>
    public (VoteTable Table, int[] Truth) Sample(int rows, int seed)
    {
        var random = new Random(seed);
        var (truth, votes) = (new int[rows], new int[rows][][]);
        for (var i = 0; i < rows; i++)
        {
            truth[i] = Draw(random, Balance);
            votes[i] = [.. Groups.SelectMany(g => g.Votes[Draw(random, g.Given[truth[i]])])];
        }

        return (VoteTable.Of(Labels, Sources, Votes(votes)), truth);
    }

    private static int Draw(Random random, double[] shares)
    {
        var left = random.NextDouble();
        for (var i = 0; i < shares.Length - 1; i++)
        {
            if ((left -= shares[i]) < 0)
            {
                return i;
            }
        }

        return shares.Length - 1;
    }

    private Votes Votes(int[][][] rows) => new(
        rows.Length, Sources.Count, Labels.Tasks.Count, [.. rows.SelectMany(r => r.SelectMany(s => s.Select(v => (short)v)))]);
}
