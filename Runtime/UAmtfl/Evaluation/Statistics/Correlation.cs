using UAmtfl.Evaluation.Metrics;

namespace UAmtfl.Evaluation.Statistics;

/// <summary>Computes correlations of two samples, in [−1, 1]; NaN if one of them is constant, or there are fewer than two pairs.</summary>
public static class Correlation
{
    /// <summary>Returns Pearson's correlation of two samples.</summary>
    /// <param name="x">The first sample, [n].</param>
    /// <param name="y">The second sample, [n], paired with the first.</param>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y) => new Pearson([.. x], [.. y]).Value();

    /// <summary>Returns Spearman's correlation of two samples, which is Pearson's of their mid-ranks.</summary>
    /// <param name="x">The first sample, [n].</param>
    /// <param name="y">The second sample, [n], paired with the first.</param>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(MidRanks.Of(x), MidRanks.Of(y));
}
