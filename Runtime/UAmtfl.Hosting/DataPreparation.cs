using Spectre.Console;
using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Sees to it, before a run has a folder, that its data is there, and that it is right. Workers only read.</summary>
/// <param name="console">Where to show how fetching goes.</param>
/// <param name="options">The run's options.</param>
internal sealed class DataPreparation(IAnsiConsole console, RunOptions options)
{
    /// <summary>Finds or fetches the data, then loads it once, with the first seed, and builds each network for it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    /// <exception cref="UAmtflException">The data is nowhere, cannot be fetched or read, does not fit the tasks, or is asked for with a wrong option; or a network cannot be built.</exception>
    public async Task<PreparedData> EnsureAsync(ResolvedRun run, CancellationToken cancellation)
    {
        var folder = await FindAsync(run, cancellation).ConfigureAwait(false);
        torch.set_num_threads(options.Threads);
        var request = new DataRequest(folder, run.Seeds[0], run.DatasetOptions);
        IReadOnlyList<ReadFile> files;
        IReadOnlyDictionary<string, NetworkRecord> networks;
        using (torch.NewDisposeScope())
        {
            var data = CellData.Load(run.Experiment, request, torch.CPU, ResolvedVariant.Terms(run.Variants));
            files = data.Files;
            networks = NetworkRecord.Of(run.Variants, data.Counts);
        }

        if (options.Data is not null && !request.FolderWasRead)
        {
            throw new DataException($"{run.Experiment.Name} reads no folder, its data set does not look at request.Folder, but --data " +
                "was given; drop it");
        }

        // What it was read into would stay for as long as the run, beside the workers' own.
        GC.Collect();
        return new(folder, files, networks);
    }

    private async Task<string?> FindAsync(ResolvedRun run, CancellationToken cancellation)
    {
        var given = options.Data is null ? null : Path.GetFullPath(options.Data);
        var entry = run.Experiment.NewDataset().Entry?.Validated();
        if (options.Mirror is not null && entry is not { OnRequest: false, ShippedFolder: null })
        {
            throw new UAmtflException($"{run.Experiment.Name} has nothing to fetch, but --mirror was given; drop it");
        }

        if (entry is null or { OnRequest: true })
        {
            return entry is null || given is null ? given : DataFolder.Within(entry, given);
        }

        var mirror = options.Mirror is null ? null : Mirror.Parse(options.Mirror);
        var found = DataFolder.Find(entry, given, DataCache.Default)
            ?? await DataVerb.FetchAsync(console, entry, mirror, cancellation).ConfigureAwait(false);
        if (found != entry.ShippedFolder)
        {
            console.Profile.Out.Writer.WriteLine($"data: {entry.Name} from {found}");
        }

        return found == entry.ShippedFolder ? null : found;
    }
}

/// <summary>Where the data of a run is, and what it is.</summary>
/// <param name="Folder">The folder that every cell reads from; null where the data ships, or the data set has its own.</param>
/// <param name="Files">What was read with the first seed.</param>
/// <param name="Networks">What each variant's network is, by the variant's name.</param>
internal sealed record PreparedData(string? Folder, IReadOnlyList<ReadFile> Files, IReadOnlyDictionary<string, NetworkRecord> Networks);
