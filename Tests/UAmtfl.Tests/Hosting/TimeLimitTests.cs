using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>The time limit of a run is a number with a unit.</summary>
public sealed class TimeLimitTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("1.5d", 129600)]
    public void ADurationIsANumberWithAUnit(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeLimit.Duration(text));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("2")]
    [InlineData("0h")]
    [InlineData("-1h")]
    [InlineData("2x")]
    [InlineData("1e9d")]
    [InlineData("1,5h")]
    [InlineData("999999d")]
    public void AnythingElseIsNone(string text) => Assert.Null(TimeLimit.Duration(text));

    [Fact]
    public void WithoutAnEndItNeverPasses() => Assert.False(TimeLimit.None.Passed);

    [Fact]
    public async Task FromItsEndOnNoCellIsBegun()
    {
        var limit = new TimeLimit(DateTimeOffset.UnixEpoch, TimeProvider.System);
        var pool = new CellPool(_ => throw new NotSupportedException("a cell is begun"), 1, new Silent(), _ => null, limit);
        Assert.Empty(await pool.RunAsync([new("Cnn", 1)], CancellationToken.None));
    }

    private sealed class Silent : IRunObserver
    {
        public void Started(Cell cell)
        {
        }

        public void EpochEnded(Cell cell, EpochProgress epoch)
        {
        }

        public void Ended(Cell cell, CellOutcome outcome)
        {
        }
    }
}
