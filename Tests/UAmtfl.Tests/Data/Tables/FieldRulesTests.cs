using System.Globalization;
using System.Text;
using CsCheck;
using UAmtfl.Data.Tables;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>The text of a field is a number, a flag, missing or text, and numbers have the bits that .NET gives them.</summary>
public sealed class FieldRulesTests
{
    private static readonly FieldRules Point = new(FieldRules.DefaultMarkers, decimalComma: false);
    private static readonly FieldRules Comma = new([], decimalComma: true);

    [Fact]
    public void EveryDoubleHasItsOwnBits() => Gen.Double.Sample(number =>
    {
        var finite = double.IsFinite(number);
        Assert.Equal(finite, Point.TryNumber(Bytes(number.ToString("R", CultureInfo.InvariantCulture)), out var read));
        Assert.Equal(finite ? number : 0, read);
    });

    [Fact]
    public void DecimalsAreRoundedAsNetRoundsThem() => Gen
        .Select(Gen.Long[-99_999_999_999_999_999, 99_999_999_999_999_999], Gen.Int[0, 17])
        .Sample((digits, places) =>
        {
            var text = digits.ToString("D18", CultureInfo.InvariantCulture);
            text = text.Insert(text.Length - places, ".");
            Assert.True(Point.TryNumber(Bytes(text), out var read));
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read);
            Assert.True(Comma.TryNumber(Bytes(text.Replace('.', ',')), out var other));
            Assert.Equal(read, other);
        });

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0.5", -0.5)]
    [InlineData("+7", 7)]
    [InlineData("1.", 1)]
    [InlineData(".25", 0.25)]
    [InlineData("1e3", 1000)]
    [InlineData("-2.5E-1", -0.25)]
    [InlineData("123456789012345678901234567890", 1.2345678901234568e29)]
    public void ItIsANumber(string text, double number)
    {
        Assert.True(Point.TryNumber(Bytes(text), out var read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    [InlineData("1.2.3")]
    [InlineData("1 000")]
    [InlineData("0x10")]
    [InlineData("1e999")]
    [InlineData("(5)")]
    [InlineData("5%")]
    public void ItIsNoNumber(string text) => Assert.False(Point.TryNumber(Bytes(text), out _));

    [Theory]
    [InlineData("1,5", true)]
    [InlineData("1.5", false)]
    [InlineData("1.000,5", false)]
    public void ADecimalCommaLeavesNoPoint(string text, bool number) => Assert.Equal(number, Comma.TryNumber(Bytes(text), out _));

    [Theory]
    [InlineData("", true)]
    [InlineData("NA", true)]
    [InlineData("nan", true)]
    [InlineData("na", false)]
    [InlineData("?", false)]
    public void MarkersAreMissingValues(string text, bool missing) => Assert.Equal(missing, Point.IsMissing(Bytes(text)));

    [Theory]
    [InlineData("true", true, true)]
    [InlineData("FALSE", true, false)]
    [InlineData("True", true, true)]
    [InlineData("yes", false, false)]
    [InlineData("1", false, false)]
    public void FlagsAreTrueAndFalseInAnyCase(string text, bool flag, bool value)
    {
        Assert.Equal(flag, FieldRules.TryFlag(Bytes(text), out var read));
        Assert.Equal(value, read);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
