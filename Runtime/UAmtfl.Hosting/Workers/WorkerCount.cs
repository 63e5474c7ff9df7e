namespace UAmtfl.Hosting;

/// <summary>Decides the number of workers of a run.</summary>
internal static class WorkerCount
{
    /// <summary>The largest number of workers that share one GPU by default. It is small because each worker has its own CUDA context,
    /// and more than
    /// a few are hardly faster.</summary>
    public const int OnOneGpu = 4;

    /// <summary>Returns the number of workers: the number asked for, else one for each core on the CPU and at most
    /// <see cref="OnOneGpu"/> on a GPU; never more than there are cells.</summary>
    /// <param name="device">The device, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="asked">The number asked for, 0 to train inside the program; null if none was.</param>
    /// <param name="cores">The number of cores that the program may use, at least 1.</param>
    /// <param name="cells">The number of cells, at least 1.</param>
    public static int Of(string device, int? asked, int cores, int cells) =>
        Math.Min(asked ?? (device == "cuda" ? Math.Min(cores, OnOneGpu) : cores), cells);
}
