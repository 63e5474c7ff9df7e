using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Tests.Evaluation;

/// <summary>Adjusted p values and rank correlations equal known results.</summary>
public sealed class MultipleTestsTests
{
    [Fact]
    public void HolmStepsDownAndHochbergUp()
    {
        double[] p = [0.01, 0.04, 0.03, 0.005];
        Assert.Equal([0.03, 0.06, 0.06, 0.02], MultipleTests.Holm(p), Close);
        Assert.Equal([0.02, 0.04, 0.04, 0.02], MultipleTests.BenjaminiHochberg(p), Close);
        Assert.Equal([1, 1], MultipleTests.Holm([0.9, 0.8]), Close);
        Assert.Equal([0.9, 0.9], MultipleTests.BenjaminiHochberg([0.9, 0.8]), Close);
        Assert.Empty(MultipleTests.Holm([]));
    }

    /// <summary>On the 15 comparisons of Benjamini and Hochberg 1995, section 3.2, family-wise control rejects 3 and control of the false
    /// discovery rate 4.</summary>
    [Fact]
    public void TheThrombolysisExample()
    {
        double[] p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1];
        Assert.Equal(3, MultipleTests.Holm(p).Count(q => q <= 0.05));
        Assert.Equal(4, MultipleTests.BenjaminiHochberg(p).Count(q => q <= 0.05));
    }

    [Fact]
    public void WhatIsNoTestMakesTheFamilySmaller()
    {
        Assert.Equal([0.02, double.NaN, 0.04], MultipleTests.Holm([0.01, double.NaN, 0.04]), Close);
        Assert.Equal([0.02, double.NaN, 0.04], MultipleTests.BenjaminiHochberg([0.01, double.NaN, 0.04]), Close);
    }

    /// <summary>Ties have mid-ranks: 1, 2.5, 2.5, 4 against 1, 3, 2, 4 gives 4.5 / √(4.5 · 5).</summary>
    [Fact]
    public void SpearmanTakesMidRanks()
    {
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), Correlation.Spearman([10, 20, 20, 90], [1, 3, 2, 4]), 14);
        Assert.Equal(1, Correlation.Spearman([1, 2, 3], [1, 10, 1000]), 14);
        Assert.Equal(double.NaN, Correlation.Spearman([1, 1, 1], [1, 2, 3]));
        Assert.Equal(double.NaN, Correlation.Pearson([], []));
    }

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) < 1e-12;
}
