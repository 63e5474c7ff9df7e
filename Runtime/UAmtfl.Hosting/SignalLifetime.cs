using Microsoft.Extensions.Hosting;

namespace UAmtfl.Hosting;

/// <summary>Stops the host at the first signal, so that finished cells are reported, and ends the process at the second.</summary>
/// <param name="application">The host.</param>
/// <param name="context">The program, whose error output says that there is no report.</param>
internal sealed class SignalLifetime(IHostApplicationLifetime application, ProgramContext context) : IHostLifetime, IDisposable
{
    private StopSignals? signals;

    /// <summary>True if a signal has arrived.</summary>
    public bool Stopped => signals?.Stopped == true;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals = new(application.StopApplication, EndNow);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => signals?.Dispose();

    private void EndNow()
    {
        context.Errors.Write("ended at once by a second signal, without a report; report RUN makes one of the cells that are finished");
        RestoreCursor();
        Environment.Exit(ExitCode.Stopped);
    }

    /// <summary>Shows the cursor again, because the progress bars hide it and have no time to clean up.</summary>
    private static void RestoreCursor()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.CursorVisible = true;
        }
    }
}
