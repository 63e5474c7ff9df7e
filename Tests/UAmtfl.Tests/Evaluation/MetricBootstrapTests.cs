using UAmtfl.Evaluation.Metrics;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Numerics;

namespace UAmtfl.Tests.Evaluation;

/// <summary>Resampled metrics equal those of resamples that the test writes out.</summary>
public sealed class MetricBootstrapTests
{
    private const int Rows = 31;
    private const int Resamples = 400;

    private static readonly double[] Labels = [.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0 ? 1.0 : 0)];

    private static double[] Scores(long seed, double signal)
    {
        var random = new SplitMix64(seed);
        return [.. Labels.Select(y => Math.Round((signal * y) + (random.Below(100) / 50.0), 1))];
    }

    /// <summary>Two seeds on the same rows: the test writes out the rows of each resample and counts the ranked pairs one by
    /// one.</summary>
    [Fact]
    public void TheAreaUnderTheCurveEqualsBruteForce()
    {
        double[][] reference = [Scores(1, 1), Scores(2, 1)], variant = [Scores(3, 0.6), Scores(4, 0.7)];
        IRowMetric[] Areas(double[][] scores) => [.. scores.Select(s => new RocAuc(s, Labels))];
        var fast = MetricBootstrap.Differences(
            [new MetricBlock(Areas(reference), [Areas(variant), Areas(reference)])], higherIsBetter: true, 5, Resamples);

        var generator = new SplitMix64(5);
        var weights = new ushort[Rows];
        var deltas = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            MetricBootstrap.Draw(generator, weights);
            int[] drawn = [.. Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Repeat(row, weights[row]))];
            Assert.Equal(Rows, drawn.Length);
            deltas[i] = (Pairs(reference[0], drawn) + Pairs(reference[1], drawn) - Pairs(variant[0], drawn) - Pairs(variant[1], drawn))
                / 2;
        }

        Array.Sort(deltas);
        Assert.Equal(deltas[10], fast[0].Interval.Low, 12);
        Assert.Equal(deltas[^11], fast[0].Interval.High, 12);
        Assert.Equal(2.0 * (1 + deltas.Count(d => d <= 0)) / (Resamples + 1), fast[0].P, 12);
        Assert.Equal(new ResampledDifference(new Interval(0, 0), 1), fast[1]);
    }

    private static double Pairs(double[] scores, int[] drawn)
    {
        double[] positives = [.. drawn.Where(r => Labels[r] > 0).Select(r => scores[r])];
        double[] negatives = [.. drawn.Where(r => Labels[r] == 0).Select(r => scores[r])];
        return positives.Sum(p => negatives.Sum(n => p > n ? 1 : p == n ? 0.5 : 0)) / (positives.Length * negatives.Length);
    }

    /// <summary>A resampled root mean square is the root of the resampled mean square, because both draw the same rows.</summary>
    [Fact]
    public void TheRootMeanSquareIsTheRootOfTheResampledMean()
    {
        double[] zero = new double[Rows], squares = [.. Enumerable.Range(0, Rows).Select(i => (double)(i * i))];
        ResampledDifference Of(Func<double[], IRowMetric> metric) => MetricBootstrap.Differences(
            [new MetricBlock([metric(zero)], [[metric(squares)]])], false, 1)[0];
        var (root, mean) = (Of(s => new Rmse(s)).Interval, Of(s => new Mse(s)).Interval);
        Assert.Equal(Math.Sqrt(mean.Low), root.Low, 12);
        Assert.Equal(Math.Sqrt(mean.High), root.High, 12);
    }

    /// <summary>For a metric that is a mean, computing it anew for each resample agrees with the faster bootstrap of means, which draws
    /// the same rows.</summary>
    [Fact]
    public void OfAMeanItIsThePairedBootstrap()
    {
        double[] reference = [.. Enumerable.Range(0, Rows).Select(i => (double)(i % 5))];
        double[] variant = [.. Enumerable.Range(0, Rows).Select(i => (double)(i * i % 7))];
        var general = MetricBootstrap.Differences([new MetricBlock([new Mse(reference)], [[new Mse(variant)]])], false, 11)[0];
        var means = PairedBootstrap.Differences([[[.. variant.Zip(reference, (v, r) => v - r)]]], 11)[0];
        Assert.Equal(means.Interval.Low, general.Interval.Low, 12);
        Assert.Equal(means.Interval.High, general.Interval.High, 12);
        Assert.Equal(means.P, general.P, 12);
    }

    /// <summary>Resamples in which the metric is undefined are left out: with one positive row of three, 30 % have no positive row. With
    /// labels of a single class there is no interval.</summary>
    [Fact]
    public void ResamplesWithoutAValueAreLeftOut()
    {
        IRowMetric good = new RocAuc([0, 0, 1], [0, 0, 1]);
        IRowMetric bad = new RocAuc([1, 1, 0], [0, 0, 1]);
        IRowMetric none = new RocAuc([1, 2, 3], [0, 0, 0]);
        Assert.Equal(new Interval(1, 1), MetricBootstrap.Differences([new MetricBlock([good], [[bad]])], true, 0)[0].Interval);
        Assert.Equal(ResampledDifference.None, MetricBootstrap.Differences([new MetricBlock([none], [[none]])], true, 0)[0]);
        Assert.Equal(
            ResampledDifference.None, MetricBootstrap.Differences([new MetricBlock([new Rmse([])], [[new Rmse([])]])], false, 0)[0]);
        Assert.Empty(MetricBootstrap.Differences([], false, 0));
    }

    [Fact]
    public void RowsThatDoNotPairAreRefused() =>
        Assert.Throws<ArgumentException>(() => new MetricBlock([new Rmse([1, 2])], [[new Rmse([1, 2, 3])]]));
}
