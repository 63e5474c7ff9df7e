namespace UAmtfl.Experiments.WeakRelations;

/// <summary>The simulated world of the study: four kinds of name, and four sources that say something of a name's kind.</summary>
/// <remarks>The kinds are the feasible label vectors of the example in Ratner et al. 2019: a doctor or a lawyer is a person, a hospital
/// or an office an organisation. A source that does not abstain says the right thing of its tasks with a probability that depends on the
/// kind, else something else that is possible. The second source repeats the first one on a part of the rows.</remarks>
public static class RelationWorld
{
    /// <summary>The number of sources.</summary>
    public const int Sources = 4;

    /// <summary>The number of tasks.</summary>
    public const int Tasks = 3;

    /// <summary>The class of each kind on each task, [kinds][tasks]; the last class of the second and third task is N/A.</summary>
    public static IReadOnlyList<int[]> Kinds { get; } = [[0, 0, 2], [0, 1, 2], [1, 2, 0], [1, 2, 1]];

    /// <summary>The share of each kind.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.3, 0.2, 0.3, 0.2];

    /// <summary>The tasks that each source covers.</summary>
    public static IReadOnlyList<int[]> Covered { get; } = [[0, 2], [0, 1, 2], [0, 1, 2], [0, 1, 2]];

    /// <summary>The probability that the second source repeats the first.</summary>
    public const double Repeats = 0.6;

    private static readonly double[] Abstains = [0.1, 0.1, 0.15, 0.15];

    private static readonly double[][] Right =
    [
        [0.8, 0.7, 0.75, 0.65], [0.7, 0.75, 0.65, 0.7], [0.85, 0.7, 0.8, 0.75], [0.75, 0.8, 0.85, 0.7],
    ];

    /// <summary>Draws the kind of a name.</summary>
    /// <param name="random">Draws a number in [0, 1).</param>
    public static int Kind(Func<double> random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var left = random();
        var kind = 0;
        while (kind < Kinds.Count - 1 && (left -= Shares[kind]) >= 0)
        {
            kind++;
        }

        return kind;
    }

    /// <summary>Draws what the sources say of a name.</summary>
    /// <param name="kind">The kind of the name.</param>
    /// <param name="random">Draws a number in [0, 1).</param>
    /// <returns>[sources][tasks], the class, or −1 where a source abstains.</returns>
    public static int[][] Votes(int kind, Func<double> random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var votes = Enumerable.Range(0, Sources).Select(source => Vote(source, kind, random)).ToArray();
        if (random() < Repeats)
        {
            votes[1] = votes[0];
        }

        return votes;
    }

    private static int[] Vote(int source, int kind, Func<double> random)
    {
        if (random() < Abstains[source])
        {
            return [.. Enumerable.Repeat(-1, Tasks)];
        }

        var said = random() < Right[source][kind] ? kind : (kind + 1 + (int)(random() * (Kinds.Count - 1))) % Kinds.Count;
        return [.. Enumerable.Range(0, Tasks).Select(task => Covered[source].Contains(task) ? Kinds[said][task] : -1)];
    }
}
