using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;

namespace UAmtfl.Tests.Reporting;

/// <summary>Numbers are printed with enough digits at any scale, whatever numbers stand beside them.</summary>
public sealed class NumberFormatTests
{
    [Theory]
    [InlineData(4.31234, "4.3123")]
    [InlineData(0.03, "0.0300")]
    [InlineData(9e23, "9.0000e23")]
    [InlineData(-0.0000123, "−1.2e−5")]
    [InlineData(0, "0.0000")]
    [InlineData(double.NaN, "–")]
    public void AVariantThatDivergedDoesNotTakeTheDigitsOfOthers(double value, string text) =>
        Assert.Equal(text, new NumberFormat(TaskMetric.Mse, [4.1, 9e23, 4.3, double.NaN]).Value(value));

    [Theory]
    [InlineData(4.0217e-4, "0.00040217")]
    [InlineData(-3.1e-6, "−0.00000310")]
    public void SmallValuesHaveTheirDecimals(double value, string text) =>
        Assert.Equal(text, new NumberFormat(TaskMetric.Mse, [4e-4]).Value(value));

    [Fact]
    public void VerySmallAndVeryLargeValuesHaveExponents()
    {
        Assert.Equal("4.0210e−10", new NumberFormat(TaskMetric.Mse, [4e-10]).Value(4.021e-10));
        Assert.Equal("3.1234e7", new NumberFormat(TaskMetric.Mse, [3e7]).Value(31_234_000));
        Assert.Equal("+1.2346e6", new NumberFormat(TaskMetric.Mse, [3e7]).Difference(1_234_567));
    }

    [Fact]
    public void PerCentHasTwoDecimalsUnlessNothingWouldBeLeft()
    {
        var format = new NumberFormat(TaskMetric.Error, [0.05]);
        Assert.Equal("5.49", format.Value(0.0549));
        Assert.Equal("+0.0012", format.Difference(0.000012));
        Assert.Equal("0.00", format.Difference(0));
        Assert.Equal("5.00 ± 1.00", format.MeanAndSd(new Summary(0.05, 0.01, 2)));
    }

    [Theory]
    [InlineData(0.30000000000000004, 6, "0.3")]
    [InlineData(-250_000, 6, "−250000")]
    [InlineData(1e6, 6, "1e6")]
    [InlineData(-1.5e-7, 3, "−1.5e−7")]
    [InlineData(0.00012345, 3, "0.000123")]
    [InlineData(99_999.96, 4, "100000")]
    public void TicksHaveNoRoundingAndATrueMinus(double value, int digits, string text) =>
        Assert.Equal(text, Numbers.Significant(value, digits));
}
