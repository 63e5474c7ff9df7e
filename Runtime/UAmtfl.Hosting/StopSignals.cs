using System.Runtime.InteropServices;

namespace UAmtfl.Hosting;

/// <summary>Handles the signals that ask a program to stop: Ctrl-C (SIGINT), SIGTERM and SIGHUP, the last unless the program was
/// started to ignore it, as <c>nohup</c> does.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>The time after the first signal within which others count as the same one. It is needed because one request arrives two
    /// or three times: <c>timeout</c> signals the process and its group, and <c>dotnet run</c> passes signals on.</summary>
    public static readonly TimeSpan Echo = TimeSpan.FromSeconds(2);

    private const string Status = "/proc/self/status";
    private const string Ignored = "SigIgn:";

    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Lock gate = new();
    private readonly Action first;
    private readonly Action second;
    private readonly TimeProvider clock;
    private long? began;

    /// <summary>Handles signals from now on.</summary>
    /// <param name="first">Called at the first signal; the process continues.</param>
    /// <param name="second">Called at each signal that arrives later than <see cref="Echo"/> after the first.</param>
    /// <param name="clock">The clock; null for the system's.</param>
    public StopSignals(Action first, Action second, TimeProvider? clock = null)
    {
        this.first = first;
        this.second = second;
        this.clock = clock ?? TimeProvider.System;
        foreach (var signal in All())
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Came();
            }));
        }
    }

    /// <summary>True if a signal has arrived.</summary>
    public bool Stopped
    {
        get
        {
            lock (gate)
            {
                return began is not null;
            }
        }
    }

    /// <summary>Makes the process ignore all stop signals, because another process decides when it stops.</summary>
    public static IDisposable Ignore() => new StopSignals(() => { }, () => { });

    /// <summary>Handles one signal.</summary>
    internal void Came()
    {
        bool isFirst;
        lock (gate)
        {
            isFirst = began is null;
            began ??= clock.GetTimestamp();
            if (!isFirst && clock.GetElapsedTime(began.Value) < Echo)
            {
                return;
            }
        }

        (isFirst ? first : second)();
    }

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(r => r.Dispose());

    private static IEnumerable<PosixSignal> All() =>
        HangUpIsIgnored() ? [PosixSignal.SIGINT, PosixSignal.SIGTERM] : [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];

    /// <summary>True if the process was started with SIGHUP ignored, which is the lowest bit of a mask in Linux's status file.</summary>
    private static bool HangUpIsIgnored() =>
        File.Exists(Status)
        && File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
        && (Convert.ToUInt64(line[Ignored.Length..].Trim(), 16) & 1) == 1;
}
