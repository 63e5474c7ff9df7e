using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Tests.Evaluation;

/// <summary>The tests of Friedman and Nemenyi on the example of Demšar 2006, and the distributions that they use.</summary>
public sealed class FriedmanTestTests
{
    /// <summary>Demšar 2006, table 6: the areas under the curve of four decision trees on 14 data sets. In the row «voting» the fourth is
    /// printed equal to the third, but ranked below it.</summary>
    private static readonly double[][] Areas =
    [
        [0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967], [0.628, 0.661, 0.654, 0.657],
        [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931], [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625],
        [0.775, 0.838, 0.866, 0.875], [1.000, 1.000, 1.000, 1.000], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
        [0.972, 0.981, 0.975, 0.9749], [0.957, 0.978, 0.946, 0.970],
    ];

    /// <summary>The article has mean ranks of 3.143, 2.000, 2.893 and 1.964, χ² = 9.28 without a correction for ties, F = 3.69, q = 2.569
    /// and a critical distance of 1.25.</summary>
    [Fact]
    public void ExampleOfFourTrees()
    {
        var test = FriedmanTest.Of([.. Areas.Select(row => Array.ConvertAll(row, a => 1 - a))])!;
        Assert.Equal([3.143, 2.000, 2.893, 1.964], test.MeanRanks.Select(r => Math.Round(r, 3)));
        Assert.Equal(14, test.Tasks);

        // There are ties of 2, 2, 4 and 2 methods: (6 + 6 + 60 + 6) / (14 · 4 · 15).
        Assert.Equal(1 - (78.0 / 840), test.TieCorrection, 12);
        var uncorrected = test.ChiSquare * test.TieCorrection;
        Assert.Equal(9.28, uncorrected, 0.005);
        Assert.Equal(3.69, 13 * uncorrected / ((14 * 3) - uncorrected), 0.005);
        Assert.Equal(13 * test.ChiSquare / ((14 * 3) - test.ChiSquare), test.F, 12);
        Assert.Equal(1.25, test.CriticalDistance, 0.005);
        Assert.InRange(test.FP, 0.005, 0.02);
        Assert.InRange(test.ChiSquareP, test.FP, 0.03);
    }

    /// <summary>If all tasks rank the methods alike, χ² has its largest value N (k − 1) and F is infinite. If all methods are tied, there
    /// is nothing to test.</summary>
    [Fact]
    public void Limits()
    {
        var same = FriedmanTest.Of([[1, 2, 3], [10, 20, 30]])!;
        Assert.Equal(4, same.ChiSquare, 12);
        Assert.Equal(Math.Exp(-2), same.ChiSquareP, 12);
        Assert.Equal((double.PositiveInfinity, 0), (same.F, same.FP));
        var tied = FriedmanTest.Of([[1, 1], [2, 2]])!;
        Assert.Equal([1.5, 1.5], tied.MeanRanks);
        Assert.Equal((double.NaN, double.NaN), (tied.ChiSquare, tied.FP));
        Assert.Null(FriedmanTest.Of([[1, 2]]));
        Assert.Null(FriedmanTest.Of([[1], [2]]));
    }

    /// <summary>The constants of Nemenyi's test are those of Demšar 2006, table 5(a), and of its continuation to 20 methods.</summary>
    [Fact]
    public void NemenyiConstants()
    {
        double[] known = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164];
        Assert.All(known, (q, i) => Assert.Equal(q, FriedmanTest.NemenyiQ(i + 2), 0.0011));
        Assert.Equal(3.218654, FriedmanTest.NemenyiQ(11), 1e-5);
        Assert.Equal(3.391230, FriedmanTest.NemenyiQ(15), 1e-5);
        Assert.Equal(3.543799, FriedmanTest.NemenyiQ(20), 1e-5);
    }

    /// <summary>The tails agree with closed forms: exp(−x/2) for χ² with 2 degrees of freedom, (1 + 2x/n)^(−n/2) for F with (2, n), arc
    /// tangents for F with (1, 1).</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.7)]
    [InlineData(3.0)]
    [InlineData(25.0)]
    public void TailsWithAClosedForm(double x)
    {
        Assert.Equal(Math.Exp(-x / 2), SpecialFunctions.ChiSquareTail(x, 2), 1e-12);
        Assert.Equal(Math.Exp(-x / 2) * (1 + (x / 2)), SpecialFunctions.ChiSquareTail(x, 4), 1e-12);
        Assert.Equal(Math.Pow(1 + (2 * x / 39), -19.5), SpecialFunctions.FTail(x, 2, 39), 1e-12);
        Assert.Equal(1 - (2 / Math.PI * Math.Atan(Math.Sqrt(x))), SpecialFunctions.FTail(x, 1, 1), 1e-12);
        Assert.Equal(1, SpecialFunctions.Normal(x) + SpecialFunctions.Normal(-x), 1e-15);
    }

    [Fact]
    public void TabledQuantiles()
    {
        Assert.Equal(0.05, SpecialFunctions.ChiSquareTail(7.814727903, 3), 1e-9);
        Assert.Equal(0.975, SpecialFunctions.Normal(1.959963985), 1e-9);
        Assert.Equal(0.05, SpecialFunctions.FTail(2.845068, 3, 39), 1e-5);
        Assert.Equal(Math.Log(24), SpecialFunctions.LogGamma(5), 1e-12);
        Assert.Equal(Math.Log(Math.PI) / 2, SpecialFunctions.LogGamma(0.5), 1e-12);
    }
}
