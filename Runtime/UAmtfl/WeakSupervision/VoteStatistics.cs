namespace UAmtfl.WeakSupervision;

/// <summary>Counts how often sources vote, overlap, conflict and are right on a task.</summary>
internal sealed class VoteStatistics
{
    private readonly int[] votes;
    private readonly int[] overlaps;
    private readonly int[] conflicts;
    private readonly int[] known;
    private readonly int[] right;

    /// <summary>Counts the votes on a task.</summary>
    /// <param name="all">The votes.</param>
    /// <param name="task">The column of the task.</param>
    /// <param name="truth">The true label of each row, [N], −1 if it is missing.</param>
    public VoteStatistics(Votes all, int task, IReadOnlyList<short> truth)
    {
        var m = all.Sources;
        (Rows, votes, overlaps, conflicts) = (all.Rows, new int[m], new int[m], new int[m]);
        (known, right) = (new int[m], new int[m]);
        for (var row = 0; row < all.Rows; row++)
        {
            var (count, first, differ) = (0, -1, false);
            for (var source = 0; source < m; source++)
            {
                if (all.Values[(((row * m) + source) * all.Tasks) + task] is >= 0 and var vote)
                {
                    differ |= count > 0 && vote != first;
                    (count, first) = (count + 1, vote);
                }
            }

            for (var source = 0; source < m && count > 0; source++)
            {
                if (all.Values[(((row * m) + source) * all.Tasks) + task] is >= 0 and var vote)
                {
                    votes[source]++;
                    overlaps[source] += count > 1 ? 1 : 0;
                    conflicts[source] += differ ? 1 : 0;
                    known[source] += truth[row] >= 0 ? 1 : 0;
                    right[source] += truth[row] == vote ? 1 : 0;
                }
            }
        }
    }

    private int Rows { get; }

    /// <summary>True if the source votes on a row.</summary>
    public bool Votes(int source) => votes[source] > 0;

    /// <summary>Returns the counts of a source as shares, with its accuracy by a label model.</summary>
    public SourceReport Of(int source, string name, string task, double accuracy, double halfWidth) => new(
        name, task, Share(votes[source], Rows), Share(overlaps[source], Rows), Share(conflicts[source], Rows), accuracy, halfWidth,
        Share(right[source], known[source]));

    private static double Share(int part, int all) => all == 0 ? double.NaN : part / (double)all;
}
