using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using UAmtfl.Descriptors;

namespace UAmtfl.Hosting;

/// <summary>Executes a run as a background service of the host, and keeps its exit code, because a background service that throws would
/// end the program with exit code 0.</summary>
/// <param name="context">The program.</param>
/// <param name="options">The options of the run.</param>
/// <param name="experiments">The experiments.</param>
/// <param name="configuration">The settings.</param>
/// <param name="application">The host.</param>
/// <param name="signals">Tells if a signal stopped the run.</param>
internal sealed class RunService(
    ProgramContext context,
    RunOptions options,
    IEnumerable<ExperimentDescriptor> experiments,
    IConfiguration configuration,
    IHostApplicationLifetime application,
    SignalLifetime signals) : BackgroundService
{
    /// <summary>The exit code, once the host has stopped.</summary>
    public int ExitCode { get; private set; } = Hosting.ExitCode.Failure;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            ExitCode = await PrepareAsync(stoppingToken).ConfigureAwait(false) is { } work
                ? await work().ConfigureAwait(false)
                : Hosting.ExitCode.Usage;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The run was stopped while data was fetched: there is nothing to report, and the exit code says so.
        }
        catch (Exception failure)
        {
            context.Errors.Write(failure);
            ExitCode = Hosting.ExitCode.Failure;
        }
        finally
        {
            ExitCode = signals.Stopped ? Hosting.ExitCode.Stopped : ExitCode;
            application.StopApplication();
        }
    }

    /// <summary>Reads and checks the configuration and the data, and opens the run folder; if something is wrong, it writes the error and
    /// returns null.</summary>
    /// <returns>The run or the check, which returns the exit code.</returns>
    private async Task<Func<Task<int>>?> PrepareAsync(CancellationToken stopping)
    {
        try
        {
            var known = experiments.ToList();
            var chosen = ResolvedRun.Find(known, options.Experiment);
            RunConfiguration.RefuseUnknown(configuration, context.Settings, [.. known.Select(e => e.Name)], chosen.Name);
            var resolved = RunResolver.Resolve(known, options, configuration, [.. context.Settings.Select(s => s.Key)]);
            RunChecks.Check(options);
            var data = await new DataPreparation(context.Console, options).EnsureAsync(resolved, stopping).ConfigureAwait(false);
            var prepared = options with { Data = data.Folder, DataFiles = data.Files, Networks = data.Networks };
            if (options.Check != BatchCheckKind.None)
            {
                // Training gets its own thread, because libtorch's scopes and gradient mode belong to a thread.
                return () => Task.Factory.StartNew(
                    () => new BatchCheck(resolved, prepared, context).Run(stopping),
                    stopping, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            var run = new ExperimentRun(resolved, prepared, context);
            var (manifest, folder) = run.Open();
            return async () =>
            {
                using (folder)
                {
                    return await run.RunAsync(manifest, folder, stopping).ConfigureAwait(false);
                }
            };
        }
        catch (UAmtflException mistake) when (mistake is not OutputException)
        {
            context.Errors.Write(mistake);
            return null;
        }
    }
}
