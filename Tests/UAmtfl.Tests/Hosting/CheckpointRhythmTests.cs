using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>Checkpoints come after the epochs that were asked for, or so rarely that they cost a hundredth of the time.</summary>
public sealed class CheckpointRhythmTests
{
    private readonly Clock clock = new();

    [Fact]
    public void EveryThirdEpochIsDue()
    {
        var rhythm = new CheckpointRhythm(3, clock);
        Assert.Equal([3, 6, 9], Enumerable.Range(1, 10).Where(rhythm.Due));
    }

    [Fact]
    public void NoneIsDueWhereNoneIsWanted() => Assert.DoesNotContain(Enumerable.Range(1, 10), new CheckpointRhythm(0, clock).Due);

    [Fact]
    public void WithoutANumberTheirCostDecides()
    {
        var rhythm = new CheckpointRhythm(null, clock);
        clock.Pass(TimeSpan.FromSeconds(1.9));
        Assert.False(rhythm.Due(1));
        clock.Pass(TimeSpan.FromSeconds(0.1));
        Assert.True(rhythm.Due(2));
        rhythm.Begin();
        clock.Pass(TimeSpan.FromSeconds(0.5));
        Assert.False(rhythm.Due(3));
        rhythm.End();
        clock.Pass(TimeSpan.FromSeconds(49));
        Assert.False(rhythm.Due(3));
        clock.Pass(TimeSpan.FromSeconds(1));
        Assert.True(rhythm.Due(4));
    }

    /// <summary>A clock that stands still until it is told.</summary>
    private sealed class Clock : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Pass(TimeSpan time) => now += time.Ticks;
    }
}
