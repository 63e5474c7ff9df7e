using UAmtfl.Evaluation.Statistics;
using UAmtfl.Numerics;

namespace UAmtfl.Tests.Reporting;

/// <summary>The paired bootstrap: how often its intervals cover the truth, its limit cases, and that it is deterministic.</summary>
public sealed class PairedBootstrapTests
{
    /// <summary>Of 200 intervals for a true mean of 0.3 about 190 should cover it; fewer than 180, or all of them, would be
    /// wrong.</summary>
    [Fact]
    public void CoversTheTrueDifferenceAsOftenAsItSays()
    {
        var random = new Random(1);
        var covered = Enumerable.Range(0, 200).Count(i =>
        {
            var rows = Enumerable.Range(0, 200).Select(_ => 0.3 + random.NextDouble() - random.NextDouble()).ToArray();
            var (low, high) = PairedBootstrap.Differences([[rows]], (ulong)i)[0].Interval;
            return low <= 0.3 && 0.3 <= high;
        });
        Assert.InRange(covered, 180, 199);
    }

    /// <summary>For 5,000 rows the interval agrees with the normal approximation, mean ± 1.96 sd/√n.</summary>
    [Fact]
    public void AgreesWithTheNormalIntervalOnManyRows()
    {
        var random = new Random(2);
        var rows = Enumerable.Range(0, 5000)
            .Select(_ => random.NextDouble() < 0.06 ? 1.0 : random.NextDouble() < 0.05 ? -1.0 : 0).ToArray();
        var summary = Summary.Of(rows);
        var half = 1.96 * summary.Sd / Math.Sqrt(5000);
        var (low, high) = PairedBootstrap.Differences([[rows]], 0)[0].Interval;
        Assert.Equal(summary.Mean - half, low, 0.1 * half);
        Assert.Equal(summary.Mean + half, high, 0.1 * half);
    }

    [Fact]
    public void ConstantDifferencesHaveNoWidth() =>
        Assert.Equal(new Interval(0.25, 0.25), PairedBootstrap.Differences([[Enumerable.Repeat(0.25, 64).ToArray()]], 3)[0].Interval);

    /// <summary>Seeds with rows of their own are resampled independently, so that the interval of the mean of k equal blocks is that of
    /// one block over √k.</summary>
    [Fact]
    public void BlocksAreResampledApart()
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray();
        var one = PairedBootstrap.Differences([[rows]], 5)[0].Interval;
        var four = PairedBootstrap.Differences([[rows], [rows], [rows], [rows]], 5)[0].Interval;
        Assert.Equal((one.High - one.Low) / 2, four.High - four.Low, 0.1 * (one.High - one.Low) / 2);
    }

    /// <summary>All columns use the same draws, so that the interval of a column is the same alone and beside others, and negated if the
    /// column is.</summary>
    [Fact]
    public void AColumnDoesNotDependOnItsNeighbours()
    {
        var random = new Random(6);
        var columns = Enumerable.Range(0, 11)
            .Select(_ => Enumerable.Range(0, 77).Select(_ => random.NextDouble() - 0.4).ToArray()).ToArray();
        var negated = columns[9].Select(v => -v).ToArray();
        var together = PairedBootstrap.Differences([[.. columns, negated]], 7);
        Assert.Equal(PairedBootstrap.Differences([[columns[9]]], 7)[0], together[9]);
        Assert.Equal(new Interval(-together[9].Interval.High, -together[9].Interval.Low), together[11].Interval);
        Assert.NotEqual(PairedBootstrap.Differences([[columns[9]]], 8)[0], together[9]);
    }

    [Fact]
    public void NothingToResampleGivesNoInterval()
    {
        Assert.Empty(PairedBootstrap.Differences([], 0));
        Assert.Equal(ResampledDifference.None, PairedBootstrap.Differences([[[]]], 0)[0]);
        var beside = PairedBootstrap.Differences([[[1, double.NaN, 2, 3], [1, 1, 1, 1]]], 0);
        Assert.Equal(ResampledDifference.None, beside[0]);
        Assert.Equal(new Interval(1, 1), beside[1].Interval);
    }

    /// <summary>Intervals and p values do not depend on which columns are resampled together.</summary>
    [Fact]
    public void ColumnsTogetherAreWhatTheyAreAlone()
    {
        var random = new SplitMix64(8);
        var columns = Enumerable.Range(0, 6)
            .Select(_ => Enumerable.Range(0, 200).Select(_ => random.Below(1000) / 1000.0).ToArray()).ToArray();
        var together = PairedBootstrap.Differences([columns], 0);
        Assert.Equal(
            columns.Select(c => PairedBootstrap.Differences([[c]], 0)[0]),
            together,
            (a, b) => Math.Abs(a.Interval.Low - b.Interval.Low) < 1e-12 && Math.Abs(a.Interval.High - b.Interval.High) < 1e-12);
        Assert.Equal(6, together.Distinct().Count());
    }

    /// <summary>p counts the resamples on the wrong side of 0: if there are none it is the smallest possible, without a difference it is
    /// 1, and negating the difference does not change it.</summary>
    [Fact]
    public void PIsTwiceTheSmallerSide()
    {
        var random = new SplitMix64(9);
        double[] rows = [.. Enumerable.Range(0, 150).Select(_ => random.Below(1000) / 1000.0 - 0.47)];
        var negated = Array.ConvertAll(rows, r => -r);
        var all = PairedBootstrap.Differences([[rows, negated, Array.ConvertAll(rows, r => Math.Abs(r) + 0.1), new double[150]]], 0);
        Assert.Equal(all[0].P, all[1].P);
        Assert.InRange(all[0].P, 0.01, 0.99);
        Assert.Equal(2.0 / 2001, all[2].P);
        Assert.Equal(PairedBootstrap.SmallestP, all[2].P);
        Assert.Equal(1, all[3].P);
    }
}
