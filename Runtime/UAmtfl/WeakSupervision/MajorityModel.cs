namespace UAmtfl.WeakSupervision;

/// <summary>The shares of the votes, each counted with the weight of its source. A row without votes has the uniform
/// distribution.</summary>
/// <param name="table">The votes on one task.</param>
/// <param name="weights">The weight of each source, [m]; at least 0.</param>
internal sealed class MajorityModel(VoteTable table, double[] weights) : LabelModel
{
    private readonly int k = table.Labels.Vectors.Count;

    public override IReadOnlyList<double> Balance => [.. Enumerable.Repeat(1.0 / k, k)];

    /// <summary>Weights each source by the log-odds with which its votes agree with the majority of the others.</summary>
    /// <param name="table">The votes on one task.</param>
    public static MajorityModel Weighted(VoteTable table)
    {
        var (m, k) = (table.Sources.Count, table.Labels.Vectors.Count);
        var (right, all, counts) = (new double[m], new double[m], new double[k]);
        for (var p = 0; p < table.Patterns; p++)
        {
            var symbols = table.Pattern(p);
            Array.Clear(counts);
            for (var i = 0; i < m; i++)
            {
                Add(table, i, symbols[i], 1, counts);
            }

            for (var i = 0; i < m; i++)
            {
                if (symbols[i] == 0)
                {
                    continue;
                }

                Add(table, i, symbols[i], -1, counts);
                var most = counts.Max();
                if (most > 0)
                {
                    // Of several classes with the most votes each is the majority to an equal part.
                    var tied = counts.Count(c => c == most);
                    var votes = table.Sources[i].Alphabet[symbols[i]];
                    var agrees = counts.Index().Any(c => c.Item == most && VotingSource.Agree(votes, table.Labels.Vectors[c.Index]));
                    right[i] += agrees ? table.Weights[p] / tied : 0;
                    all[i] += table.Weights[p];
                }

                Add(table, i, symbols[i], 1, counts);
            }
        }

        // With one agreement and one disagreement more, so that no weight is infinite; below chance a source does not count.
        return new(table, [.. right.Zip(all, (r, n) => Math.Max(0, Math.Log((r + 1) * (k - 1) / (n - r + 1))))]);
    }

    internal override void Posterior(ReadOnlySpan<ushort> symbols, Span<double> posterior)
    {
        posterior.Clear();
        for (var i = 0; i < symbols.Length; i++)
        {
            Add(table, i, symbols[i], weights[i], posterior);
        }

        var sum = 0.0;
        foreach (var share in posterior)
        {
            sum += share;
        }

        for (var y = 0; y < k; y++)
        {
            posterior[y] = sum > 0 ? posterior[y] / sum : 1.0 / k;
        }
    }

    /// <summary>Adds a vote to the classes that it is for.</summary>
    private static void Add(VoteTable table, int source, int symbol, double weight, Span<double> counts)
    {
        for (var y = 0; symbol > 0 && y < counts.Length; y++)
        {
            counts[y] += VotingSource.Agree(table.Sources[source].Alphabet[symbol], table.Labels.Vectors[y]) ? weight : 0;
        }
    }
}
