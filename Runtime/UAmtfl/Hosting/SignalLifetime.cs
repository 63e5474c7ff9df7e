using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace UAmtfl.Hosting;

/// <summary>Stops the host at the first Ctrl-C or SIGTERM, so that finished work is reported, and ends the process at the second.</summary>
/// <param name="application">The host.</param>
internal sealed class SignalLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private int signals;

    /// <summary>Whether a signal came.</summary>
    public bool Stopped => Volatile.Read(ref signals) > 0;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(r => r.Dispose());

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref signals) > 1)
        {
            RestoreCursor();
            Environment.Exit(ExitCode.Stopped);
        }

        application.StopApplication();
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
