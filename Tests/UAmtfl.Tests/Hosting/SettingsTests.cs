using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Messages;
using UAmtfl.Training;

namespace UAmtfl.Tests.Hosting;

public class SettingsTests
{
    [Theory]
    [InlineData("0.25", 0.25)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("1", 1)]
    public void A_number_in_range_is_read(string text, double value) => Assert.Equal(value, Of(("a:x", text)).Number("x", 7, 0, 1));

    [Theory]
    [InlineData("-0.1", "at least 0 and at most 1")]
    [InlineData("1.1", "at least 0 and at most 1")]
    [InlineData("NaN", "a number")]
    [InlineData("0,5", "a number")]
    [InlineData("", "a number")]
    public void A_number_out_of_range_is_refused(string text, string wanted)
    {
        var refused = Assert.Throws<UAmtflException>(() => Of(("a:x", text)).Number("x", 7, 0, 1));
        Assert.Equal($"setting a:x is '{text}'; it must be {wanted}", refused.Message);
    }

    [Fact]
    public void An_exclusive_limit_is_itself_refused()
    {
        Assert.Throws<UAmtflException>(() => Of(("a:x", "0")).Number("x", 7, above: 0));
        Assert.Throws<UAmtflException>(() => Of(("a:x", "Infinity")).Number("x", 7, 0));
    }

    [Fact]
    public void What_is_not_there_is_the_fallback()
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
    public void A_whole_number_that_is_none_or_too_small_is_refused(string text) =>
        Assert.Throws<UAmtflException>(() => Of(("a:x", text)).Integer("x", 5, 1));

    [Theory]
    [InlineData("0", true)]
    [InlineData("0.999", true)]
    [InlineData("1", false)]
    [InlineData("-0.1", false)]
    public void A_decay_is_below_one(string text, bool allowed)
    {
        if (allowed)
        {
            Assert.Equal(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture), Of(("a:x", text)).Number("x", 0.5, minimum: 0, below: 1));
        }
        else
        {
            Assert.Throws<UAmtflException>(() => Of(("a:x", text)).Number("x", 0.5, minimum: 0, below: 1));
        }
    }

    [Fact]
    public void A_choice_is_a_name_and_no_number()
    {
        Assert.Equal(OptimizerKind.Sgd, Of(("a:x", "sgd")).Choice("x", OptimizerKind.Adam));
        Assert.Throws<UAmtflException>(() => Of(("a:x", "1")).Choice("x", OptimizerKind.Adam));
        Assert.Throws<UAmtflException>(() => Of(("a:x", "Adagrad")).Choice("x", OptimizerKind.Adam));
    }

    [Fact]
    public void An_unknown_key_is_refused_with_the_nearest()
    {
        var settings = Of(("a:Alhpa", "1"));
        settings.Number("Alpha", 0);
        Assert.Equal("unknown setting a:Alhpa; did you mean 'Alpha'?", Assert.Throws<UAmtflException>(() => settings.RefuseUnknown([])).Message);
    }

    [Fact]
    public void A_key_below_a_single_value_is_refused()
    {
        var settings = Of(("a:Alpha:0", "1"));
        settings.Number("Alpha", 0);
        Assert.Equal("unknown setting a:Alpha:0; a:Alpha is a single value", Assert.Throws<UAmtflException>(() => settings.RefuseUnknown([])).Message);
    }

    [Fact]
    public void A_sub_section_that_another_reads_is_no_mistake() => Of(("a:Training:Epochs", "1")).RefuseUnknown(["Training"]);

    [Theory]
    [InlineData("Alhpa", "did you mean 'Alpha'?")]
    [InlineData("gama", "did you mean 'Gamma'?")]
    [InlineData("Temperature", "known are: Alpha, Gamma")]
    public void The_nearest_name_is_found(string name, string hint) => Assert.Equal(hint, Nearest.Hint(name, ["Alpha", "Gamma"]));

    private static Settings Of(params (string, string)[] settings) => new(Fake.Configuration(settings).GetSection("a"));
}
