using UAmtfl.Evaluation.Metrics;
using UAmtfl.Numerics;

namespace UAmtfl.Evaluation.Statistics;

/// <summary>A paired percentile bootstrap over test rows for metrics that are not means, such as areas under curves. It differs from
/// <see cref="PairedBootstrap"/> in that it computes the metric anew for every resample.</summary>
/// <remarks>A resample says how many times each row is drawn. Metrics that sort do so once, so that a resample costs one pass over the
/// rows for each variant and seed.</remarks>
public static class MetricBootstrap
{
    /// <summary>Computes the 95 % intervals and p values of the differences of metrics from a reference.</summary>
    /// <param name="blocks">Rows are resampled within a block, and all metrics of the block get the same rows. A variant's statistic is
    /// the mean over blocks of the mean over seeds of (its metric − the reference's). All blocks have the same variants.</param>
    /// <param name="higherIsBetter">True if differences are negated, so that above 0 is always worse than the reference.</param>
    /// <param name="seed">The seed of the resamples; the same seed gives the same bits on every machine.</param>
    /// <param name="resamples">The number of resamples.</param>
    /// <returns>The difference of each variant, [variant]; <see cref="ResampledDifference.None"/> if a block has no row, or more than half
    /// of the resamples have no value.</returns>
    public static ResampledDifference[] Differences(
        IReadOnlyList<MetricBlock> blocks, bool higherIsBetter, ulong seed, int resamples = PairedBootstrap.Resamples)
    {
        var variants = blocks.Count == 0 ? 0 : blocks[0].Variants.Count;
        if (variants == 0)
        {
            return [];
        }

        var statistics = Enumerable.Range(0, variants).Select(_ => new double[resamples]).ToArray();
        var generator = new SplitMix64(unchecked((long)seed));
        foreach (var block in blocks)
        {
            if (block.Rows == 0)
            {
                return Array.ConvertAll(statistics, _ => ResampledDifference.None);
            }

            Add(block, (higherIsBetter ? -1.0 : 1.0) / blocks.Count, generator, statistics);
        }

        return Array.ConvertAll(statistics, ResampledDifference.Of);
    }

    /// <summary>Draws as many rows as there are, with replacement, and counts how often each is drawn.</summary>
    /// <param name="generator">The source of random bits.</param>
    /// <param name="weights">Receives the number of times that each row was drawn, [rows].</param>
    internal static void Draw(SplitMix64 generator, Span<ushort> weights)
    {
        weights.Clear();
        var rows = (ulong)weights.Length;
        for (var i = 0; i < weights.Length; i += 2)
        {
            // 64 bits give two rows by multiply and shift, whose bias is below rows / 2³².
            var bits = generator.Next();
            weights[(int)(((bits >> 32) * rows) >> 32)]++;
            if (i + 1 < weights.Length)
            {
                weights[(int)(((bits & uint.MaxValue) * rows) >> 32)]++;
            }
        }
    }

    private static void Add(MetricBlock block, double weight, SplitMix64 generator, double[][] statistics)
    {
        var weights = new ushort[block.Rows];
        var reference = new double[block.Reference.Count];
        for (var resample = 0; resample < statistics[0].Length; resample++)
        {
            Draw(generator, weights);
            for (var s = 0; s < reference.Length; s++)
            {
                reference[s] = block.Reference[s].Of(weights);
            }

            for (var v = 0; v < statistics.Length; v++)
            {
                var sum = 0.0;
                for (var s = 0; s < reference.Length; s++)
                {
                    sum += block.Variants[v][s].Of(weights) - reference[s];
                }

                statistics[v][resample] += weight * sum / reference.Length;
            }
        }
    }
}

/// <summary>The metrics of a reference and of variants on the same test rows, paired by seed.</summary>
public sealed record MetricBlock
{
    /// <summary>Pairs the metrics of variants with those of the reference.</summary>
    /// <param name="reference">The reference's metric for each seed, [seed].</param>
    /// <param name="variants">Each variant's metric for each seed, [variant][seed].</param>
    /// <exception cref="ArgumentException">Numbers of seeds or rows differ, or there is no seed.</exception>
    public MetricBlock(IReadOnlyList<IRowMetric> reference, IReadOnlyList<IReadOnlyList<IRowMetric>> variants)
    {
        if (reference.Count == 0 || variants.Any(v => v.Count != reference.Count)
            || variants.SelectMany(v => v).Concat(reference).Any(m => m.Rows != reference[0].Rows))
        {
            throw new ArgumentException("Metrics that are paired need the same seeds, at least one, and the same rows.");
        }

        (Reference, Variants, Rows) = (reference, variants, reference[0].Rows);
    }

    /// <summary>The reference's metric for each seed, [seed].</summary>
    public IReadOnlyList<IRowMetric> Reference { get; }

    /// <summary>Each variant's metric for each seed, [variant][seed].</summary>
    public IReadOnlyList<IReadOnlyList<IRowMetric>> Variants { get; }

    /// <summary>The number of test rows N.</summary>
    public int Rows { get; }
}
