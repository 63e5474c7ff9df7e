using System.CommandLine;
using Spectre.Console;
using UAmtfl.Data;
using UAmtfl.Messages;

namespace UAmtfl.Hosting;

/// <summary><c>data list</c>, <c>data get NAME</c>, <c>data check NAME</c>: the data sets that the program knows, and their files.</summary>
internal static class DataVerb
{
    private const string VerbName = "data";

    /// <summary>The verb.</summary>
    public static Command Create(ProgramContext context) => new(VerbName, "Lists, fetches and checks data sets.")
    {
        List(context), Get(context), Check(context),
    };

    /// <summary><c>--data</c>, which means the same everywhere.</summary>
    public static Option<string> DataOption() => new("--data") { Description = "A folder with the data, or with subfolders named like the data sets; looked in first." };

    /// <summary><c>--mirror</c>, which means the same everywhere.</summary>
    public static Option<string> MirrorOption() => new("--mirror") { Description = "A folder or an http(s) address to fetch missing data from, files under NAME/; asked before the public source." };

    /// <summary>Fetches what the user's cache lacks of a data set, and shows how it goes.</summary>
    /// <returns>The folder with the files.</returns>
    /// <exception cref="DataException">It cannot be fetched.</exception>
    public static async Task<string> FetchAsync(IAnsiConsole console, CatalogueEntry entry, Mirror? mirror, CancellationToken cancellation)
    {
        var options = new FetchOptions();
        using var client = HttpSource.CreateClient(options);
        return await FetchProgress.For(console)
            .ShowAsync(observer => new DataFetcher(DataCache.Default, mirror, client, options, observer).GetAsync(entry, cancellation)).ConfigureAwait(false);
    }

    private static Command List(ProgramContext context)
    {
        var data = DataOption();
        var command = new Command("list", "Lists the data sets: size, where they are, licence.") { data };
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
            return await Guarded(context, cancellation => GetAsync(context, entry, parsed.GetValue(data), source, cancellation)).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Check(ProgramContext context)
    {
        var (name, data) = (Name(), DataOption());
        var command = new Command("check", "Compares the files of a data set with the catalogue's SHA-256; exit code 1 where one differs.") { name, data };
        command.SetAction(async parsed =>
        {
            context.RefuseSettings("data check");
            var entry = Find(context, parsed.GetValue(name), "check");
            RunChecks.RequireData(parsed.GetValue(data));
            return await Guarded(context, _ => Task.FromResult(DataReport.Check(entry, parsed.GetValue(data), DataCache.Default, context.Console.Profile.Out.Writer))).ConfigureAwait(false);
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The data set.", Arity = ArgumentArity.ZeroOrOne };

    private static CatalogueEntry Find(ProgramContext context, string? name, string verb)
    {
        var catalogue = context.Catalogue();
        var names = catalogue.Select(e => e.Name).ToList();
        return catalogue.FirstOrDefault(e => e.Name == name) ?? throw new UAmtflException(
            names.Count == 0 ? "the program knows no data sets"
            : name is null ? $"data {verb} needs the name of a data set; known are: {string.Join(", ", names)}"
            : $"unknown data set '{name}'; {Nearest.Hint(name, names)}");
    }

    private static async Task<int> GetAsync(ProgramContext context, CatalogueEntry entry, string? folder, Mirror? mirror, CancellationToken cancellation)
    {
        var found = DataFolder.Look(entry, folder, DataCache.Default);
        if (found is not null && DataFolder.Faults(entry, found, FileCheck.Hash) is [var fault, ..])
        {
            found = found == DataCache.Default.Folder(entry) ? null : throw new DataException(fault);
        }

        var fetched = found ?? await FetchAsync(context.Console, entry, mirror, cancellation).ConfigureAwait(false);
        var writer = context.Console.Profile.Out.Writer;
        writer.WriteLine($"{entry.Name}: {(found is null ? "fetched into" : found == entry.ShippedFolder ? "ships with the program, in" : "is already in")} {fetched}");
        writer.WriteLine($"licence: {entry.Licence}");
        writer.WriteLine($"cite: {entry.Citation}");
        if (entry.OnRequest)
        {
            writer.WriteLine($"runs read it with: --data {fetched}");
        }

        return ExitCode.Success;
    }

    /// <summary>Runs work that a signal stops, and tells what is wrong with data as a failure, not as a mistake in arguments.</summary>
    private static async Task<int> Guarded(ProgramContext context, Func<CancellationToken, Task<int>> work)
    {
        using var stop = new CancellationTokenSource();

        // The first signal lets the progress bars give the cursor back.
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
