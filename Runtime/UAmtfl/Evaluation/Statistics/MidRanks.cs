namespace UAmtfl.Evaluation.Statistics;

/// <summary>Ranks from 1, equal values sharing the mean of theirs.</summary>
internal static class MidRanks
{
    /// <summary>The ranks of a sample.</summary>
    /// <param name="values">[n], finite.</param>
    /// <param name="tolerance">Values closer than this, relative to the largest, are equal.</param>
    /// <returns>[n], 1 for the smallest.</returns>
    public static double[] Of(IReadOnlyList<double> values, double tolerance = 0)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var equal = values.Count == 0 ? 0 : tolerance * values.Max(Math.Abs);
        var ranks = new double[values.Count];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to + 1 < order.Length && values[order[to + 1]] - values[order[from]] <= equal)
            {
                to++;
            }

            for (var i = from; i <= to; i++)
            {
                ranks[order[i]] = (from + to) / 2.0 + 1;
            }

            from = to + 1;
        }

        return ranks;
    }
}
