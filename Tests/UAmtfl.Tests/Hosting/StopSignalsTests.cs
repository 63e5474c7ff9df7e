using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class StopSignalsTests
{
    [Fact]
    public void WhatComesWithinTwoSecondsIsTheSameRequest()
    {
        var clock = new Clock();
        var (first, second) = (0, 0);
        using var signals = new StopSignals(() => first++, () => second++, clock);
        Assert.False(signals.Stopped);
        signals.Came();
        Assert.True(signals.Stopped);
        clock.Now += TimeSpan.FromSeconds(0.01);
        signals.Came();
        clock.Now += TimeSpan.FromSeconds(1.9);
        signals.Came();
        Assert.Equal((1, 0), (first, second));
        clock.Now += TimeSpan.FromSeconds(0.1);
        signals.Came();
        Assert.Equal((1, 1), (first, second));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
