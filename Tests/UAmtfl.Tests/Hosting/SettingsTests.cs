using UAmtfl.Descriptors;
using UAmtfl.Messages;
using UAmtfl.Training;

namespace UAmtfl.Tests.Hosting;

public class SettingsTests
{
    [Theory]
    [InlineData("0.25", 0.25)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("1", 1)]
    public void ANumberInRangeIsRead(string text, double value) => Assert.Equal(value, Of(("a:x", text)).Number("x", 7, 0, 1));

    [Theory]
    [InlineData("-0.1", "at least 0 and at most 1")]
    [InlineData("1.1", "at least 0 and at most 1")]
    [InlineData("NaN", "a number")]
    [InlineData("0,5", "a number")]
    [InlineData("", "a number")]
    public void ANumberOutOfRangeIsRefused(string text, string wanted)
    {
        var refused = Assert.Throws<UAmtflException>(() => Of(("a:x", text)).Number("x", 7, 0, 1));
        Assert.Equal($"setting a:x is '{text}'; it must be {wanted}", refused.Message);
    }

    [Fact]
    public void AnExclusiveLimitIsItselfRefused()
    {
        Assert.Throws<UAmtflException>(() => Of(("a:x", "0")).Number("x", 7, above: 0));
        Assert.Throws<UAmtflException>(() => Of(("a:x", "Infinity")).Number("x", 7, 0));
    }

    [Fact]
    public void WhatIsNotThereIsTheFallback()
    {
        var settings = Of(("b:x", "1"));
        Assert.Equal(7, settings.Number("x", 7));
        Assert.Equal(3, settings.Integer("x", 3));
        Assert.Equal(OptimizerKind.Sgd, settings.Choice("x", OptimizerKind.Sgd));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void AWholeNumberThatIsNoneOrTooSmallIsRefused(string text) =>
        Assert.Throws<UAmtflException>(() => Of(("a:x", text)).Integer("x", 5, 1));

    [Theory]
    [InlineData("0", true)]
    [InlineData("0.999", true)]
    [InlineData("1", false)]
    [InlineData("-0.1", false)]
    public void ADecayIsBelowOne(string text, bool allowed)
    {
        if (allowed)
        {
            Assert.Equal(
                double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
                Of(("a:x", text)).Number("x", 0.5, minimum: 0, below: 1));
        }
        else
        {
            Assert.Throws<UAmtflException>(() => Of(("a:x", text)).Number("x", 0.5, minimum: 0, below: 1));
        }
    }

    [Fact]
    public void AChoiceIsANameAndNoNumber()
    {
        Assert.Equal(OptimizerKind.Sgd, Of(("a:x", "sgd")).Choice("x", OptimizerKind.Adam));
        Assert.Throws<UAmtflException>(() => Of(("a:x", "1")).Choice("x", OptimizerKind.Adam));
        Assert.Throws<UAmtflException>(() => Of(("a:x", "Adagrad")).Choice("x", OptimizerKind.Adam));
    }

    [Fact]
    public void AnUnknownKeyIsRefusedWithTheNearest()
    {
        var settings = Of(("a:Alhpa", "1"));
        settings.Number("Alpha", 0);
        Assert.Equal(
            "unknown setting a:Alhpa; did you mean 'Alpha'?", Assert.Throws<UAmtflException>(() => settings.RefuseUnknown([])).Message);
    }

    [Fact]
    public void AKeyBelowASingleValueIsRefused()
    {
        var settings = Of(("a:Alpha:0", "1"));
        settings.Number("Alpha", 0);
        Assert.Equal(
            "unknown setting a:Alpha:0; a:Alpha is a single value",
            Assert.Throws<UAmtflException>(() => settings.RefuseUnknown([])).Message);
    }

    [Fact]
    public void ASubSectionThatAnotherReadsIsNoMistake() => Of(("a:Training:Epochs", "1")).RefuseUnknown(["Training"]);

    [Theory]
    [InlineData("Alhpa", "did you mean 'Alpha'?")]
    [InlineData("gama", "did you mean 'Gamma'?")]
    [InlineData("Temperature", "known are: Alpha, Gamma")]
    public void TheNearestNameIsFound(string name, string hint) => Assert.Equal(hint, Nearest.Hint(name, ["Alpha", "Gamma"]));

    private static Settings Of(params (string, string)[] settings) => new(TestSettings.Configuration(settings).GetSection("a"));
}
