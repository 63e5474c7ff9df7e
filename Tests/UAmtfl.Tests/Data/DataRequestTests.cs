using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Reading the options of a data set.</summary>
public sealed class DataRequestTests
{
    [Theory]
    [InlineData("20", 20)]
    [InlineData("300", 300)]
    [InlineData(null, 160)]
    public void AWholeNumberInItsRange(string? text, int value) =>
        Assert.Equal(value, Request(text).Integer("TrainPerTask", 160, 20, 300));

    [Theory]
    [InlineData("19")]
    [InlineData("301")]
    [InlineData("-20")]
    [InlineData("20.5")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void AnythingElseIsRefused(string text) => Assert.Equal(
        $"the data set's option TrainPerTask is '{text}'; it must be a whole number from 20 to 300",
        Assert.Throws<DataException>(() => Request(text).Integer("TrainPerTask", 160, 20, 300)).Message);

    private static DataRequest Request(string? text) =>
        new(null, 1, text is null ? null : new Dictionary<string, string> { ["trainpertask"] = text });
}
