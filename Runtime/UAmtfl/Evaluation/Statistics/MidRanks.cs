namespace UAmtfl.Evaluation.Statistics;

/// <summary>Ranks the values of a sample from 1; equal values get the mean of their ranks.</summary>
internal static class MidRanks
{
    /// <summary>Returns the rank of each value of a sample.</summary>
    /// <param name="values">The sample, [n], finite.</param>
    /// <param name="tolerance">The difference, relative to the largest value, below which two values are equal.</param>
    /// <returns>The ranks, [n]; 1 is that of the smallest value.</returns>
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
