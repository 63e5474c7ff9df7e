using Microsoft.Extensions.Hosting;

namespace UAmtfl.Hosting;

/// <summary>Stops the host at the first signal, so that finished work is reported, and ends the process at the second.</summary>
/// <param name="application">The host.</param>
/// <param name="context">Where to say that the report is left out.</param>
internal sealed class SignalLifetime(IHostApplicationLifetime application, ProgramContext context) : IHostLifetime, IDisposable
{
    private StopSignals? signals;

    /// <summary>True if a signal came.</summary>
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

    /// <summary>The progress bars hide it, and are not asked to clean up after themselves.</summary>
    private static void RestoreCursor()
    {
        if (!Console.IsOutputRedirected)
        {
            Console.CursorVisible = true;
        }
    }
}
