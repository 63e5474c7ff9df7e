namespace UAmtfl.Evaluation.Statistics;

/// <summary>Computes Wilcoxon's signed-rank test for paired samples, two-sided and exact (Wilcoxon 1945, Biometrics Bulletin
/// 1:80).</summary>
/// <remarks>Pairs without a difference are dropped, and equal differences get the mean of their ranks. Ties need no correction, because
/// the null distribution (each sign + or − with probability 1/2) is enumerated for the ranks of the sample.</remarks>
public static class SignedRank
{
    /// <summary>The tolerance, relative to the values, within which two differences are equal. It is needed because 0.0756 − 0.0731 and
    /// 0.0781 − 0.0756 are both 25 of 10,000 test rows, although their last bits differ.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Returns the smallest two-sided p value that n pairs can reach, 2 / 2ⁿ: 0.25 for three seeds, 0.0625 for five.</summary>
    /// <param name="pairs">The number of pairs n; the result for none is 1.</param>
    public static double SmallestP(int pairs) => pairs < 1 ? 1 : Math.Pow(2, 1 - pairs);

    /// <summary>Returns the exact two-sided p value of the hypothesis that a − b is symmetric about 0.</summary>
    /// <param name="a">The first sample, [n], finite.</param>
    /// <param name="b">The second sample, [n], finite, paired with the first.</param>
    /// <returns>The p value, in (0, 1]; 1 if no pair differs.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a value is not finite.</exception>
    public static double P(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"Paired samples need equal lengths, not {a.Length} and {b.Length}.");
        }

        var scale = 0.0;
        var all = new double[a.Length];
        for (var i = 0; i < a.Length; i++)
        {
            if (!double.IsFinite(a[i]) || !double.IsFinite(b[i]))
            {
                throw new ArgumentException($"Pair {i} has a value that is not finite.");
            }

            scale = Math.Max(scale, Math.Max(Math.Abs(a[i]), Math.Abs(b[i])));
            all[i] = a[i] - b[i];
        }

        var equal = Tolerance * scale;
        var differences = all.Where(d => Math.Abs(d) > equal).OrderBy(Math.Abs).ToArray();
        var ranks = DoubledRanks(differences, equal);
        var positive = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            positive += differences[i] > 0 ? ranks[i] : 0;
        }

        // The smaller of the two rank sums has the smaller tail, because the distribution is symmetric.
        var statistic = Math.Min(positive, ranks.Sum() - positive);
        return Math.Min(1, 2 * NullDistribution(ranks)[..(statistic + 1)].Sum());
    }

    /// <summary>Returns mid-ranks times two, which are integers: a tie of ranks 1 and 2 gives 3 and 3.</summary>
    private static int[] DoubledRanks(double[] sorted, double equal)
    {
        var ranks = new int[sorted.Length];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            while (to + 1 < sorted.Length && Math.Abs(sorted[to + 1]) - Math.Abs(sorted[from]) <= equal)
            {
                to++;
            }

            Array.Fill(ranks, from + to + 2, from, to - from + 1);
            from = to + 1;
        }

        return ranks;
    }

    /// <summary>Returns the probability of each sum of positive ranks, [Σranks + 1]. It is exact up to n = 52, because every value is a
    /// multiple of 2⁻ⁿ.</summary>
    private static double[] NullDistribution(int[] ranks)
    {
        var probability = new double[ranks.Sum() + 1];
        probability[0] = 1;
        foreach (var rank in ranks)
        {
            for (var sum = probability.Length - 1; sum >= 0; sum--)
            {
                probability[sum] = (probability[sum] + (sum >= rank ? probability[sum - rank] : 0)) / 2;
            }
        }

        return probability;
    }
}
