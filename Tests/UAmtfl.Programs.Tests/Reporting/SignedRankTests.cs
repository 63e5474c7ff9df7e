using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Tests.Reporting;

/// <summary>The exact signed-rank test equals known values, and the enumeration of all patterns of signs.</summary>
public sealed class SignedRankTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 0.25)]
    [InlineData(5, 0.0625)]
    [InlineData(6, 0.03125)]
    [InlineData(50, 1.7763568394002505e-15)] // 2⁻⁴⁹
    public void AllOfOneSignReachesTheSmallestP(int pairs, double expected)
    {
        var a = Enumerable.Range(0, pairs).Select(i => 10.0 + i * i).ToArray();
        var b = Enumerable.Range(0, pairs).Select(i => 9.0 - i).ToArray();
        Assert.Equal(expected, SignedRank.P(a, b));
        Assert.Equal(expected, SignedRank.P(b, a));
        Assert.Equal(expected, SignedRank.SmallestP(pairs));
    }

    /// <summary>Darwin's maize (1876) has W = 24 for 15 pairs. The exact two-sided p is 0.0413, with the tie of 6 and −6.</summary>
    [Fact]
    public void DarwinsMaize()
    {
        double[] differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
        var p = SignedRank.P(differences, new double[15]);
        Assert.Equal(Enumerated(differences), p, 12);
        Assert.Equal(0.0413, p, 4);
    }

    [Theory]
    [InlineData(new double[] { 1, 1, -1, 2, 3 })]
    [InlineData(new double[] { 2, -2, 2, -2, 5, 7 })]
    [InlineData(new double[] { 0, 0, 3, -1, 4, 4 })]
    [InlineData(new double[] { -5, 1, 0, 1, 1, 2, -2, 8, 9 })]
    public void TiesAndZerosAgreeWithEnumeration(double[] differences) =>
        Assert.Equal(Enumerated(differences), SignedRank.P(differences, new double[differences.Length]), 14);

    [Fact]
    public void OnlyZerosAreNoEvidence() => Assert.Equal(1, SignedRank.P([0.5, 0.7], [0.5, 0.7]));

    /// <summary>Differences that are equal but for rounding are tied: in rows they are −25, −25 and 50, though not to the last
    /// bit.</summary>
    [Fact]
    public void RoundingDoesNotBreakATie()
    {
        double[] a = [0.0603, 0.0628, 0.0703], b = [0.0628, 0.0653, 0.0653];
        Assert.NotEqual(a[0] - b[0], a[1] - b[1]);
        Assert.Equal(Enumerated([-25, -25, 50]), SignedRank.P(a, b));
    }

    [Fact]
    public void WhatCannotBePairedIsRefused()
    {
        Assert.Throws<ArgumentException>(() => SignedRank.P([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => SignedRank.P([1, double.NaN], [1, 2]));
    }

    /// <summary>The p value by its definition: the differences that are not 0 get mid-ranks, and p is the fraction of all 2ⁿ patterns of
    /// signs whose rank sum is at least as far from its mean.</summary>
    private static double Enumerated(double[] differences)
    {
        var kept = differences.Where(d => d != 0).ToArray();
        var ranks = kept.Select(
            d => kept.Count(e => Math.Abs(e) < Math.Abs(d)) + (kept.Count(e => Math.Abs(e) == Math.Abs(d)) + 1) / 2.0).ToArray();
        var mean = ranks.Sum() / 2;
        var observed = Math.Abs(kept.Select((d, i) => d > 0 ? ranks[i] : 0).Sum() - mean);
        var extreme = Enumerable.Range(0, 1 << kept.Length)
            .Count(signs => Math.Abs(ranks.Where((_, i) => (signs >> i & 1) == 1).Sum() - mean) >= observed - 1e-9);
        return (double)extreme / (1 << kept.Length);
    }
}
