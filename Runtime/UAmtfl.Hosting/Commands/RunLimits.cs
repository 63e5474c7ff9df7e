namespace UAmtfl.Hosting;

/// <summary>The largest numbers of processes and threads that a run accepts, because a machine that is asked for many more hangs without a
/// message.</summary>
internal static class RunLimits
{
    private const int Usual = 256;

    /// <summary>The largest number of threads of a worker. It may exceed the number of cores, because the number of threads decides the
    /// last digits
    /// of a result, which must be reproducible on a smaller machine.</summary>
    public static int Threads => Math.Max(Usual, Environment.ProcessorCount);

    /// <summary>The largest number of worker processes.</summary>
    public static int Workers => Math.Max(Usual, Environment.ProcessorCount);
}
