namespace UAmtfl.Hosting;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    /// <summary>The exit code of a program that did everything it was asked to do.</summary>
    public const int Success = 0;

    /// <summary>The exit code of a failure while running, such as of data, of the disk or of a worker.</summary>
    public const int Failure = 1;

    /// <summary>The exit code of a mistake in arguments or configuration, after which nothing was run.</summary>
    public const int Usage = 2;

    /// <summary>The exit code of a run that reached its time limit and can be continued, as that of timeout(1).</summary>
    public const int TimeLimit = 124;

    /// <summary>The exit code of a program that Ctrl-C or SIGTERM stopped (128 + SIGINT, as in shells).</summary>
    public const int Stopped = 130;
}
