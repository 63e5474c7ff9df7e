namespace UAmtfl.Hosting;

/// <summary>How many workers a run has.</summary>
internal static class WorkerCount
{
    /// <summary>The most workers that share one GPU unasked: each holds a CUDA context of its own, and beyond a few they hardly gain.</summary>
    public const int OnOneGpu = 4;

    /// <summary>Decides it: what was asked for, else a worker a core on the CPU and at most <see cref="OnOneGpu"/> on a GPU; never more than there are cells.</summary>
    /// <param name="device"><c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="asked">The number asked for, 0 to train inside the program; null where none was.</param>
    /// <param name="cores">How many cores the program may use, at least 1.</param>
    /// <param name="cells">How many cells there are, at least 1.</param>
    public static int Of(string device, int? asked, int cores, int cells) =>
        Math.Min(asked ?? (device == "cuda" ? Math.Min(cores, OnOneGpu) : cores), cells);
}
