namespace UAmtfl.Hosting;

/// <summary>Decides after which epochs a checkpoint is written.</summary>
/// <param name="every">The number of epochs from one checkpoint to the next; 0 for no checkpoints, null for a time that keeps their cost
/// below one part in <see cref="Share"/> of the training's.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class CheckpointRhythm(int? every, TimeProvider clock)
{
    /// <summary>How many times as long as a checkpoint takes the training goes on before the next.</summary>
    private const int Share = 100;

    /// <summary>A training that is shorter has no checkpoint, because it is repeated as fast.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    private long last = clock.GetTimestamp();
    private TimeSpan wait = Least;

    /// <summary>True if a checkpoint is due after an epoch.</summary>
    /// <param name="epochs">The number of epochs that were trained.</param>
    public bool Due(int epochs) => every switch
    {
        null => clock.GetElapsedTime(last) >= wait,
        0 => false,
        var k => epochs % k == 0,
    };

    /// <summary>Runs the part of a checkpoint for which the training waits, or the part that goes on beside it, and measures it.</summary>
    public void Measure(Action work)
    {
        var begin = clock.GetTimestamp();
        work();
        last = clock.GetTimestamp();
        wait = TimeSpan.FromTicks(Math.Max(Least.Ticks, Share * clock.GetElapsedTime(begin, last).Ticks));
    }
}
