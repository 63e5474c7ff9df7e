namespace UAmtfl.Hosting;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Success = 0;

    /// <summary>Something failed while running: data, disk, a worker.</summary>
    public const int Failure = 1;

    /// <summary>A mistake in arguments or configuration; nothing was run.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C or SIGTERM (128 + SIGINT, as shells have it).</summary>
    public const int Stopped = 130;
}
