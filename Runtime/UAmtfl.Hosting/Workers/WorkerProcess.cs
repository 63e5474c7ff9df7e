using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace UAmtfl.Hosting;

/// <summary>Trains cells in a worker, which is a child process of the same program.</summary>
internal sealed class WorkerProcess : ICellExecutor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly LogFile log;
    private readonly int number;

    private WorkerProcess(Process process, LogFile log, int number)
    {
        this.process = process;
        this.log = log;
        this.number = number;
    }

    /// <summary>Starts a worker.</summary>
    /// <param name="number">The number of the worker, 1, 2, …, or of the one that it replaces.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="threads">The number of libtorch's threads in the worker.</param>
    /// <param name="limit">The time limit of the run.</param>
    /// <exception cref="UAmtflException">The worker cannot be started.</exception>
    public static WorkerProcess Start(int number, RunFolder folder, int threads, TimeLimit limit)
    {
        var log = new LogFile(folder.WorkerLog(number));
        try
        {
            var process = Process.Start(WorkerStart.Of(folder.FullPath, threads, limit))!;
            log.Write($"--- process {process.Id}");
            process.ErrorDataReceived += (_, line) => log.Write(line.Data);
            process.BeginErrorReadLine();
            return new(process, log, number);
        }
        catch (Win32Exception e)
        {
            log.Dispose();
            throw new UAmtflException($"worker {number} cannot be started: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async Task<CellOutcome> ExecuteAsync(Cell cell, Action<EpochProgress> epochEnded, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(WorkerProtocol.Write(cell).AsMemory(), cancellation).ConfigureAwait(false);
            await process.StandardInput.FlushAsync(cancellation).ConfigureAwait(false);
            while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                switch (WorkerProtocol.Read(line))
                {
                    case { Epoch: { } epoch }:
                        epochEnded(epoch);
                        break;
                    case { Outcome: { } outcome }:
                        return outcome;
                    default:
                        log.Write(line.Length == 0 ? null : line);
                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return new(CellEnd.Stopped);
        }
        catch (IOException)
        {
            // The process is dead and its pipe is broken; the cause is reported below.
        }

        await EndAsync().ConfigureAwait(false);
        return cancellation.IsCancellationRequested
            ? new(CellEnd.Stopped)
            : new(CellEnd.Lost, Message: $"worker {number} {Death()}; its output is in {log.Path}");
    }

    /// <summary>Ends the worker. An idle worker ends by itself, a busy one at its next step, and one that does not respond is
    /// killed.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        process.Dispose();
        log.Dispose();
    }

    private async Task EndAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Closing flushes into a pipe that may be broken already.
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Returns a clause that says how the worker died. The runtime reports a signal as 128 plus its number, as shells
    /// do.</summary>
    private string Death() => process.ExitCode switch
    {
        128 + 9 => "was killed (signal 9; the system does that when memory runs out)",
        128 + 11 => "crashed (signal 11)",
        128 + 6 => "crashed (signal 6)",
        > 128 and < 160 and var code => $"was ended by signal {code - 128}",
        var code => $"ended with exit code {code}",
    };
}

/// <summary>Describes how a worker process is started.</summary>
internal static class WorkerStart
{
    /// <summary>Returns the command that starts this program as a worker, with an environment for computing beside other
    /// workers.</summary>
    public static ProcessStartInfo Of(string folder, int threads, TimeLimit limit)
    {
        var program = Environment.ProcessPath ?? throw new UAmtflException("the program does not know its own path; use --parallel 0");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = WorkerProtocol.Encoding,
            StandardOutputEncoding = WorkerProtocol.Encoding,
        };
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            // The assembly's Location cannot be used, because it is empty in a single-file program.
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetEntryAssembly()!.GetName().Name}.dll"));
        }

        start.ArgumentList.Add(WorkerVerb.Name);
        start.ArgumentList.Add(WorkerVerb.Run);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(WorkerVerb.Parent);
        start.ArgumentList.Add(FormattableString.Invariant($"{Environment.ProcessId}"));
        if (limit.End is { } end)
        {
            start.ArgumentList.Add(WorkerVerb.Until);
            start.ArgumentList.Add(end.ToString("O", CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in Variables(threads))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Returns the environment variables of a worker, which the parent must set because they act before the first line of a
    /// process. Threads must not wait actively, because they would take the cores of other workers. glibc must keep the memory of large
    /// tensors, because returning it to the system page by page made a step 2 to 4 times slower.</summary>
    public static IEnumerable<(string Name, string Value)> Variables(int threads)
    {
        var count = FormattableString.Invariant($"{threads}");
        yield return ("OMP_NUM_THREADS", count);
        yield return ("MKL_NUM_THREADS", count);
        yield return ("OMP_WAIT_POLICY", "PASSIVE");
        yield return (NativeVariables.Branch, NativeVariables.BranchValue);
        if (OperatingSystem.IsLinux())
        {
            yield return ("MALLOC_ARENA_MAX", "1");
            yield return ("MALLOC_MMAP_THRESHOLD_", "1073741824");
            yield return ("MALLOC_TRIM_THRESHOLD_", "4294967296");
            yield return ("MALLOC_TOP_PAD_", "67108864");
        }
    }
}
