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

    private readonly Lock gate = new();
    private long mark = clock.GetTimestamp();
    private TimeSpan wait = Least;
    private bool writing;

    /// <summary>Returns true if a checkpoint is due after an epoch.</summary>
    /// <param name="epochs">The number of epochs that were trained.</param>
    public bool Due(int epochs)
    {
        lock (gate)
        {
            return every switch
            {
                null => !writing && clock.GetElapsedTime(mark) >= wait,
                0 => false,
                var k => epochs % k == 0,
            };
        }
    }

    /// <summary>Says that a checkpoint is begun, which the training waits for at first and another thread then writes.</summary>
    public void Begin()
    {
        lock (gate)
        {
            (mark, writing) = (clock.GetTimestamp(), true);
        }
    }

    /// <summary>Says that the checkpoint is written, on any thread.</summary>
    public void End()
    {
        lock (gate)
        {
            var end = clock.GetTimestamp();
            wait = TimeSpan.FromTicks(Math.Max(Least.Ticks, Share * clock.GetElapsedTime(mark, end).Ticks));
            (mark, writing) = (end, false);
        }
    }
}
