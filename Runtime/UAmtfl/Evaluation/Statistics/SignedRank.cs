namespace UAmtfl.Evaluation.Statistics;

/// <summary>Wilcoxon's signed-rank test for paired samples, two-sided and exact (Wilcoxon 1945, Biometrics Bulletin 1:80).</summary>
/// <remarks>Pairs without a difference are dropped; equal differences share the mean of their ranks. The null distribution (each
/// sign + or − with probability 1/2) is enumerated for the very ranks at hand, so ties need no correction.</remarks>
public static class SignedRank
{
    /// <summary>Differences closer than this, relative to the values, are equal: 0.0756 − 0.0731 and 0.0781 − 0.0756 are the same
    /// 25 test rows although their last bits differ.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The smallest two-sided p that n pairs can reach, 2 / 2ⁿ: 0.25 for three seeds, 0.0625 for five.</summary>
    /// <param name="pairs">n; with none the answer is 1.</param>
    public static double SmallestP(int pairs) => pairs < 1 ? 1 : Math.Pow(2, 1 - pairs);

    /// <summary>The exact two-sided p of the hypothesis that a − b is symmetric about 0.</summary>
    /// <param name="a">[n], finite.</param>
    /// <param name="b">[n], finite, paired with <paramref name="a"/>.</param>
    /// <returns>p in (0, 1]; 1 where no pair differs.</returns>
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

        // The distribution is symmetric, so the smaller of the two rank sums has the smaller tail.
        var statistic = Math.Min(positive, ranks.Sum() - positive);
        return Math.Min(1, 2 * NullDistribution(ranks)[..(statistic + 1)].Sum());
    }

    /// <summary>Mid-ranks times two, which makes them integers: a tie of ranks 1 and 2 gives 3 and 3.</summary>
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

    /// <summary>[Σranks + 1], the probability of each positive rank sum. Every value is a multiple of 2⁻ⁿ, so it is exact in double
    /// precision up to n = 52.</summary>
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
