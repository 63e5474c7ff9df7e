using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace UAmtfl.Hosting;

/// <summary>A program with experiments: its whole Main.</summary>
public static class ExperimentProgram
{
    /// <summary>Does what the command line says: lists the experiments, or runs one.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Registers the experiments: <c>services => services.AddExperiments()</c>.</param>
    /// <returns>The exit code: 0; 1 for a failure while running; 2 for a mistake in arguments or configuration; 130 when stopped by a signal.</returns>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);

        // A number is written and read with a point whatever the user's country.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        NativeVariables.Settle();
        var streams = StandardStreams.Guard();
        if (Console.IsOutputRedirected)
        {
            // A file has no width; the 80 columns that are assumed of it would wrap the report's tables.
            AnsiConsole.Console.Profile.Width = 160;
        }

        var errors = new ErrorLines(AnsiConsole.Console, args.Contains(RunVerb.Verbose), streams);
        try
        {
            var arguments = CommandLineSettings.Split(args, out var settings);
            var code = await Verbs.InvokeAsync(new(args, arguments, settings, configure, AnsiConsole.Console, errors)).ConfigureAwait(false);
            await Console.Out.FlushAsync().ConfigureAwait(false);

            // What a run has to say is in its folder; of the other verbs the output is all there is.
            return code == ExitCode.Success && streams.Output.Fault is not null && !Verbs.WriteFiles(arguments) ? ExitCode.Failure : code;
        }
        catch (UAmtflException mistake)
        {
            errors.Write(mistake);
            return ExitCode.Usage;
        }
        catch (Exception unexpected)
        {
            errors.Write(unexpected);
            return ExitCode.Failure;
        }
        finally
        {
            errors.SayFaults();
        }
    }
}
