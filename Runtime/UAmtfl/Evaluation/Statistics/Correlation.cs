using UAmtfl.Evaluation.Metrics;

namespace UAmtfl.Evaluation.Statistics;

/// <summary>Correlations of two samples, in [−1, 1]; NaN where one of them is constant, or there are fewer than two pairs.</summary>
public static class Correlation
{
    /// <summary>Pearson's.</summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n].</param>
    public static double Pearson(IReadOnlyList<double> x, IReadOnlyList<double> y) => new Pearson([.. x], [.. y]).Value();

    /// <summary>Spearman's: Pearson's of the mid-ranks.</summary>
    /// <param name="x">[n].</param>
    /// <param name="y">[n].</param>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y) => Pearson(MidRanks.Of(x), MidRanks.Of(y));
}
