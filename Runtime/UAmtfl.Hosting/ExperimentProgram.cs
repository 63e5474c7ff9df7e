using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace UAmtfl.Hosting;

/// <summary>Runs a program that consists of experiments; a call is all that its Main needs.</summary>
public static class ExperimentProgram
{
    /// <summary>Executes the verb of the command line, such as listing the experiments or running one.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Registers the experiments: <c>services => services.AddExperiments()</c>.</param>
    /// <returns>The exit code: 0; 1 for a failure while running; 2 for a mistake in arguments or configuration; 130 when stopped by a
    /// signal.</returns>
    public static async Task<int> RunAsync(string[] args, Action<IServiceCollection> configure)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configure);

        // Numbers are written and read with a point, whatever the user's locale.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        NativeVariables.Settle();
        var streams = StandardStreams.Guard();
        if (Console.IsOutputRedirected)
        {
            // The 80 columns that are assumed of a file would wrap the report's tables.
            AnsiConsole.Console.Profile.Width = 160;
        }

        var errors = new ErrorLines(AnsiConsole.Console, args.Contains(RunVerb.Verbose), streams);
        try
        {
            var arguments = CommandLineSettings.Split(args, out var settings);
            var code = await Verbs.InvokeAsync(
                new(args, arguments, settings, configure, AnsiConsole.Console, errors)).ConfigureAwait(false);
            await Console.Out.FlushAsync().ConfigureAwait(false);

            // If the output cannot be written, a run still has its results in its folder, but the other verbs have failed.
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
