using System.CommandLine;
using Spectre.Console;
using UAmtfl.Data;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary>The verbs <c>data list</c>, <c>data get NAME</c> and <c>data check NAME</c>, which list, fetch and check data sets.</summary>
internal static class DataVerb
{
    private const string VerbName = "data";

    /// <summary>Creates the verb <c>data</c>.</summary>
    public static Command Create(ProgramContext context) => new(VerbName, "Lists, fetches and checks data sets.")
    {
        List(context), Get(context), Check(context),
    };

    /// <summary>Creates the option <c>--data</c>, which has the same meaning for every verb.</summary>
    public static Option<string> DataOption() =>
        new("--data") { Description = "A folder with the data, or with subfolders named like the data sets; it is searched first." };

    /// <summary>Creates the option <c>--mirror</c>, which has the same meaning for every verb.</summary>
    public static Option<string> MirrorOption() =>
        new("--mirror")
        {
            Description = "A folder or an http(s) address with files under NAME/, "
                + "from which missing data is fetched before the public source.",
        };

    /// <summary>Fetches the files of a data set that are missing in the user's cache, and shows the progress.</summary>
    /// <returns>The folder with the files.</returns>
    /// <exception cref="DataException">The files cannot be fetched.</exception>
    public static async Task<string> FetchAsync(IAnsiConsole console, CatalogueEntry entry, Mirror? mirror, CancellationToken cancellation)
    {
        var options = new FetchOptions();
        using var client = HttpSource.CreateClient(options);
        return await FetchProgress.For(console)
            .ShowAsync(observer => new DataFetcher(DataCache.Default, mirror, client, options, observer).GetAsync(entry, cancellation))
            .ConfigureAwait(false);
    }

    private static Command List(ProgramContext context)
    {
        var data = DataOption();
        var command = new Command("list", "Lists the data sets with their size, place and licence.") { data };
        command.SetAction(parsed =>
        {
            context.RefuseSettings("data list");
            var folder = parsed.GetValue(data);
            RunChecks.RequireData(folder);
            DataReport.List(context.Catalogue(), folder, DataCache.Default, context.Console.Profile.Out.Writer);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Get(ProgramContext context)
    {
        var (name, data, mirror) = (Name(), DataOption(), MirrorOption());
        var command = new Command("get", "Fetches a data set into the cache, unless it is there already.") { name, data, mirror };
        command.SetAction(async parsed =>
        {
            context.RefuseSettings("data get");
            var entry = Find(context, parsed.GetValue(name), "get");
            var source = parsed.GetValue(mirror) is { } text ? Mirror.Parse(text) : null;
            RunChecks.RequireData(parsed.GetValue(data));
            return await Guarded(context, cancellation => GetAsync(context, entry, parsed.GetValue(data), source, cancellation))
                .ConfigureAwait(false);
        });
        return command;
    }

    private static Command Check(ProgramContext context)
    {
        var (name, data) = (Name(), DataOption());
        var command = new Command("check", "Compares the files of a data set with the catalogue's SHA-256; "
            + "exit code 1 if one differs.") { name, data };
        command.SetAction(async parsed =>
        {
            context.RefuseSettings("data check");
            var entry = Find(context, parsed.GetValue(name), "check");
            RunChecks.RequireData(parsed.GetValue(data));
            var writer = context.Console.Profile.Out.Writer;
            return await Guarded(
                context,
                _ => Task.FromResult(DataReport.Check(entry, parsed.GetValue(data), DataCache.Default, writer))).ConfigureAwait(false);
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The name of the data set.", Arity = ArgumentArity.ZeroOrOne };

    private static CatalogueEntry Find(ProgramContext context, string? name, string verb)
    {
        var catalogue = context.Catalogue();
        var names = catalogue.Select(e => e.Name).ToList();
        return catalogue.FirstOrDefault(e => e.Name == name) ?? throw new UAmtflException(
            names.Count == 0 ? "the program knows no data sets"
            : name is null ? $"data {verb} needs the name of a data set; known are: {string.Join(", ", names)}"
            : $"unknown data set '{name}'; {Nearest.Hint(name, names)}");
    }

    private static async Task<int> GetAsync(
        ProgramContext context, CatalogueEntry entry, string? folder, Mirror? mirror, CancellationToken cancellation)
    {
        var found = DataFolder.Look(entry, folder, DataCache.Default);
        if (found is not null && DataFolder.Faults(entry, found, FileCheck.Hash) is [var fault, ..])
        {
            found = found == DataCache.Default.Folder(entry) ? null : throw new DataException(fault);
        }

        var fetched = found ?? await FetchAsync(context.Console, entry, mirror, cancellation).ConfigureAwait(false);
        var writer = context.Console.Profile.Out.Writer;
        var state = found is null ? "fetched into" : found == entry.ShippedFolder ? "ships with the program, in" : "is already in";
        writer.WriteLine($"{entry.Name}: {state} {fetched}");
        writer.WriteLine($"licence: {entry.Licence}");
        writer.WriteLine($"cite: {entry.Citation}");
        if (entry.OnRequest)
        {
            writer.WriteLine($"runs read it with: --data {fetched}");
        }

        return ExitCode.Success;
    }

    /// <summary>Runs work that a signal can stop, and reports a fault of the data as a failure instead of a mistake in the
    /// arguments.</summary>
    private static async Task<int> Guarded(ProgramContext context, Func<CancellationToken, Task<int>> work)
    {
        using var stop = new CancellationTokenSource();

        // The first signal only cancels the work, so that the progress bars show the cursor again.
        using var signals = new StopSignals(stop.Cancel, () => Environment.Exit(ExitCode.Stopped));
        try
        {
            return await work(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            context.Errors.Write("stopped; what has come is kept, and gone on from next time");
            return ExitCode.Stopped;
        }
        catch (DataException failure)
        {
            context.Errors.Write(failure);
            return ExitCode.Failure;
        }
    }
}
