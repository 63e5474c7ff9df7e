using static TorchSharp.torch;

namespace UAmtfl.WeakSupervision;

/// <summary>The first and second moments of what independent groups of sources (views) say. A statistic is the indicator of one
/// combination of symbols of a view; the most frequent combination of each view has none, because the indicators of a view sum to
/// 1.</summary>
internal sealed class ViewMoments
{
    private readonly VoteTable table;
    private readonly int[] first;
    private readonly int[] statistics;

    /// <summary>Numbers the statistics of the votes.</summary>
    /// <param name="table">The votes.</param>
    /// <param name="views">The sources of each view.</param>
    public ViewMoments(VoteTable table, IReadOnlyList<int[]> views)
    {
        (this.table, Views) = (table, views);
        var symbols = table.Sources.Select(s => s.Alphabet.Count).ToArray();
        Tables = [.. views.Select(v => new CliqueTable(v, symbols, 2))];
        (first, statistics) = (new int[views.Count + 1], new int[table.Patterns * views.Count]);
        var (owners, configurations, references) = (new List<int>(), new List<int>(), new List<int>());
        for (var v = 0; v < views.Count; v++)
        {
            var counts = new double[Tables[v].Configurations];
            for (var p = 0; p < table.Patterns; p++)
            {
                counts[statistics[(p * views.Count) + v] = Tables[v].Configuration(table.Pattern(p))] += table.Weights[p];
            }

            var reference = Array.IndexOf(counts, counts.Max());
            var number = new int[counts.Length];
            first[v] = owners.Count;
            references.Add(reference);
            for (var c = 0; c < counts.Length; c++)
            {
                number[c] = -1;
                if (counts[c] > 0 && c != reference)
                {
                    number[c] = owners.Count;
                    owners.Add(v);
                    configurations.Add(c);
                }
            }

            for (var p = 0; p < table.Patterns; p++)
            {
                ref var statistic = ref statistics[(p * views.Count) + v];
                statistic = number[statistic];
            }
        }

        first[^1] = owners.Count;
        (ViewOf, Configuration, Reference) = ([.. owners], [.. configurations], [.. references]);
    }

    /// <summary>The sources of each view.</summary>
    public IReadOnlyList<int[]> Views { get; }

    /// <summary>Empty tables of the views, which number the combinations of symbols.</summary>
    public IReadOnlyList<CliqueTable> Tables { get; }

    /// <summary>[d], the view of each statistic.</summary>
    public int[] ViewOf { get; }

    /// <summary>[d], the combination of each statistic.</summary>
    public int[] Configuration { get; }

    /// <summary>[views], the combination of each view that has no statistic.</summary>
    public int[] Reference { get; }

    /// <summary>The number of statistics d.</summary>
    public int Count => ViewOf.Length;

    /// <summary>The statistics of a view, from the first to before the last.</summary>
    public Range Of(int view) => first[view]..first[view + 1];

    /// <summary>Sums the products of statistics.</summary>
    /// <param name="weights">The weight of each pattern.</param>
    /// <returns>[d + 1, d + 1], row-major, with the sum of the weights first; only a ≤ b is set.</returns>
    public double[] Sums(double[] weights)
    {
        var (size, views) = (Count + 1, Views.Count);
        var sums = new double[size * size];
        Span<int> active = stackalloc int[views + 1];
        for (var p = 0; p < weights.Length; p++)
        {
            if (weights[p] == 0)
            {
                continue;
            }

            var count = 1;      // the constant
            foreach (var statistic in statistics.AsSpan(p * views, views))
            {
                active[count] = statistic + 1;
                count += statistic >= 0 ? 1 : 0;
            }

            for (var i = 0; i < count; i++)
            {
                var row = sums.AsSpan(active[i] * size, size);
                for (var j = i; j < count; j++)
                {
                    row[active[j]] += weights[p];
                }
            }
        }

        return sums;
    }

    /// <summary>Returns the means [d] and the covariances [d, d] from sums of products.</summary>
    public (double[] Means, Tensor Covariances) Moments(double[] sums)
    {
        using var scope = NewDisposeScope();
        var all = tensor(sums, Count + 1, Count + 1) / sums[0];
        var means = all.select(0, 0).narrow(0, 1, Count);
        var upper = all.narrow(0, 1, Count).narrow(1, 1, Count);
        var products = upper + upper.t() - diag(upper.diagonal());
        return (means.contiguous().data<double>().ToArray(), (products - means.outer(means)).MoveToOuterDisposeScope());
    }

    /// <summary>Returns the mean over rows of Σ s_u s_v s_w over all triples of views, where s_v is a score of what view v
    /// says.</summary>
    /// <param name="weights">The weight of each pattern.</param>
    /// <param name="scores">[d], what each statistic adds to the score of its view.</param>
    /// <param name="means">[d], the means of the statistics, by which scores are centred.</param>
    public double ThreeWayOverlap(double[] weights, double[] scores, double[] means)
    {
        var centre = new double[Views.Count];
        for (var a = 0; a < Count; a++)
        {
            centre[ViewOf[a]] += scores[a] * means[a];
        }

        var (sum, total) = (0.0, 0.0);
        for (var p = 0; p < weights.Length; p++)
        {
            var (p1, p2, p3) = (0.0, 0.0, 0.0);
            for (var v = 0; v < centre.Length && weights[p] != 0; v++)
            {
                var statistic = statistics[(p * centre.Length) + v];
                var s = (statistic < 0 ? 0 : scores[statistic]) - centre[v];
                (p1, p2, p3) = (p1 + s, p2 + (s * s), p3 + (s * s * s));
            }

            sum += weights[p] * Triples(p1, p2, p3);
            total += weights[p];
        }

        return sum / total;
    }

    /// <summary>Σ s_u s_v s_w over u &lt; v &lt; w from the sums of s, s² and s³ (Newton's identity).</summary>
    public static double Triples(double p1, double p2, double p3) => ((p1 * p1 * p1) - (3 * p1 * p2) + (2 * p3)) / 6;
}
