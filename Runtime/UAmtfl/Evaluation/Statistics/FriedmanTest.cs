namespace UAmtfl.Evaluation.Statistics;

/// <summary>Friedman's test of the hypothesis that k methods rank equally over N tasks, and Nemenyi's critical distance of mean ranks
/// (Demšar 2006, JMLR 7:1, section 3.2.2).</summary>
/// <param name="MeanRanks">The mean rank of each method, [k]; 1 is the best.</param>
/// <param name="Tasks">The number of tasks N.</param>
/// <param name="ChiSquare">Friedman's statistic χ² = 12 N / (k (k + 1)) · (Σ R² − k (k + 1)² / 4), divided by the correction for ties
/// <paramref name="TieCorrection"/>; NaN if all ranks are tied.</param>
/// <param name="ChiSquareP">The p value of <paramref name="ChiSquare"/>, from χ² with k − 1 degrees of freedom.</param>
/// <param name="F">Iman and Davenport's F = (N − 1) χ² / (N (k − 1) − χ²); infinite if all tasks rank the methods alike.</param>
/// <param name="FP">The p value of <paramref name="F"/>, from F with k − 1 and (k − 1)(N − 1) degrees of freedom.</param>
/// <param name="TieCorrection">The correction 1 − Σ (t³ − t) / (N k (k² − 1)) over groups of t tied ranks; 1 without ties.</param>
/// <param name="CriticalDistance">Nemenyi's distance q √(k (k + 1) / (6 N)): mean ranks that differ by more differ at the 5 %
/// level.</param>
public sealed record FriedmanTest(
    IReadOnlyList<double> MeanRanks,
    int Tasks,
    double ChiSquare,
    double ChiSquareP,
    double F,
    double FP,
    double TieCorrection,
    double CriticalDistance)
{
    /// <summary>The difference, relative to the largest loss of a task, below which two losses are tied.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>Tests whether methods rank equally over tasks.</summary>
    /// <param name="losses">The loss of each method on each task, [N][k], finite; lower is better.</param>
    /// <returns>The test; null if there are fewer than two methods or two tasks.</returns>
    public static FriedmanTest? Of(IReadOnlyList<double[]> losses)
    {
        var (n, k) = (losses.Count, losses.Count == 0 ? 0 : losses[0].Length);
        if (n < 2 || k < 2)
        {
            return null;
        }

        var ranks = losses.Select(task => MidRanks.Of(task, Tolerance)).ToArray();
        var means = Enumerable.Range(0, k).Select(j => ranks.Sum(r => r[j]) / n).ToArray();
        var ties = ranks.Sum(r => r.GroupBy(x => x).Sum(g => Math.Pow(g.Count(), 3) - g.Count()));
        var correction = 1 - ties / (n * (double)k * (k * k - 1));
        var chi = correction <= 0 ? double.NaN : 12.0 * n / (k * (k + 1)) * means.Sum(m => Math.Pow(m - (k + 1) / 2.0, 2)) / correction;
        var left = n * (k - 1) - chi;
        var f = left <= 1e-9 * n ? double.PositiveInfinity : (n - 1) * chi / left;
        return new(
            means,
            n,
            chi,
            double.IsNaN(chi) ? double.NaN : SpecialFunctions.ChiSquareTail(chi, k - 1),
            f,
            double.IsNaN(f) ? double.NaN : SpecialFunctions.FTail(f, k - 1, (k - 1.0) * (n - 1)),
            correction,
            NemenyiQ(k) * Math.Sqrt(k * (k + 1) / (6.0 * n)));
    }

    /// <summary>Returns the constant q of Nemenyi's test at the 5 % level, the studentised range's quantile / √2: 1.960 for 2 methods,
    /// 3.164 for 10.</summary>
    /// <param name="methods">The number of methods k, at least 2.</param>
    public static double NemenyiQ(int methods) => StudentizedRange.Critical(0.05, methods) / Math.Sqrt(2);
}
