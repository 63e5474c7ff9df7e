namespace UAmtfl.Hosting;

/// <summary>The largest numbers of processes and threads that a run takes, because a machine that is asked for more hangs before it can say so.</summary>
internal static class RunLimits
{
    private const int Usual = 256;

    /// <summary>Threads of a worker: more than the cores is allowed, because the number decides the last digits, and so belongs to a result.</summary>
    public static int Threads => Math.Max(Usual, Environment.ProcessorCount);

    /// <summary>Worker processes.</summary>
    public static int Workers => Math.Max(Usual, Environment.ProcessorCount);
}
