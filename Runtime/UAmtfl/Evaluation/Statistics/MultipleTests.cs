namespace UAmtfl.Evaluation.Statistics;

/// <summary>Adjusts p values for a family of tests. A NaN is not a test: it stays NaN, and the family is smaller.</summary>
public static class MultipleTests
{
    /// <summary>Returns p values adjusted by Holm's step-down method (Holm 1979, Scandinavian Journal of Statistics 6:65): max over j ≤
    /// i of (m − j + 1) p₍ⱼ₎, at most 1. Rejecting below α keeps the probability of any false rejection below α, whatever the
    /// dependence.</summary>
    /// <param name="p">The p values, [m], in [0, 1] or NaN.</param>
    /// <returns>The adjusted p values, [m], in the same order.</returns>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        var (order, adjusted) = Ascending(p);
        var largest = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            largest = Math.Max(largest, (order.Length - i) * p[order[i]]);
            adjusted[order[i]] = Math.Min(1, largest);
        }

        return adjusted;
    }

    /// <summary>Returns p values adjusted by Benjamini and Hochberg's step-up method (1995, JRSS B 57:289): min over j ≥ i of m p₍ⱼ₎ /
    /// j, at most 1. Rejecting below α keeps the expected share of false ones among the rejections below α, for tests that are
    /// independent or positively dependent.</summary>
    /// <param name="p">The p values, [m], in [0, 1] or NaN.</param>
    /// <returns>The adjusted p values, [m], in the same order.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p)
    {
        var (order, adjusted) = Ascending(p);
        var smallest = 1.0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, order.Length * p[order[i]] / (i + 1));
            adjusted[order[i]] = smallest;
        }

        return adjusted;
    }

    private static (int[] Order, double[] Adjusted) Ascending(IReadOnlyList<double> p)
    {
        var adjusted = new double[p.Count];
        Array.Fill(adjusted, double.NaN);
        return ([.. Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderBy(i => p[i])], adjusted);
    }
}
