using UAmtfl.Data;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Numerics;

namespace UAmtfl.Evaluation.Statistics;

/// <summary>Paired percentile bootstrap over test rows of metrics that are no means, such as areas under curves: as
/// <see cref="PairedBootstrap"/>, but the metric is computed anew for every resample.</summary>
/// <remarks>A resample is a number of times for each row. Metrics that sort do it once, so a resample costs one pass over the rows a
/// variant and seed.</remarks>
public static class MetricBootstrap
{
    /// <summary>The 95 % intervals and p values of the differences of metrics.</summary>
    /// <param name="blocks">Rows are resampled within a block, the same for all metrics of the block; a variant's statistic is the mean
    /// over blocks of the mean over seeds of (its metric − the reference's). All blocks have the same variants.</param>
    /// <param name="higherIsBetter">True to turn differences around, so that above 0 is always worse than the reference.</param>
    /// <param name="seed">The same seed gives the same bits on every machine.</param>
    /// <param name="resamples">How many resamples.</param>
    /// <returns>[variant]; <see cref="ResampledDifference.None"/> where a block has no row, or more than half of the resamples have no value.</returns>
    public static ResampledDifference[] Differences(IReadOnlyList<MetricBlock> blocks, bool higherIsBetter, ulong seed, int resamples = PairedBootstrap.Resamples)
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

    /// <summary>Draws as many rows as there are, with replacement, and counts them.</summary>
    /// <param name="generator">Where the bits come from.</param>
    /// <param name="weights">[rows], receives how often each was drawn.</param>
    internal static void Draw(SplitMix64 generator, Span<ushort> weights)
    {
        weights.Clear();
        var rows = (ulong)weights.Length;
        for (var i = 0; i < weights.Length; i += 2)
        {
            // Two rows from 64 bits by multiply and shift, whose bias is below rows / 2³².
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

/// <summary>Metrics of the same test rows.</summary>
public sealed record MetricBlock
{
    /// <summary>Puts them together.</summary>
    /// <param name="reference">[seed].</param>
    /// <param name="variants">[variant][seed], paired with <paramref name="reference"/>.</param>
    /// <exception cref="ArgumentException">Numbers of seeds or rows differ, or there is no seed.</exception>
    public MetricBlock(IReadOnlyList<IRowMetric> reference, IReadOnlyList<IReadOnlyList<IRowMetric>> variants)
    {
        if (reference.Count == 0 || variants.Any(v => v.Count != reference.Count) || variants.SelectMany(v => v).Concat(reference).Any(m => m.Rows != reference[0].Rows))
        {
            throw new ArgumentException("Metrics that are paired need the same seeds, at least one, and the same rows.");
        }

        (Reference, Variants, Rows) = (reference, variants, reference[0].Rows);
    }

    /// <summary>[seed].</summary>
    public IReadOnlyList<IRowMetric> Reference { get; }

    /// <summary>[variant][seed].</summary>
    public IReadOnlyList<IReadOnlyList<IRowMetric>> Variants { get; }

    /// <summary>N.</summary>
    public int Rows { get; }
}
