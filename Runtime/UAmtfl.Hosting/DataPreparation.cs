using Spectre.Console;
using TorchSharp;
using UAmtfl.Cells;
using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Ensures, before the run folder is made, that the data of a run is present and fits its tasks, so that workers only
/// read.</summary>
/// <param name="console">Shows the progress of fetching.</param>
/// <param name="options">The run's options.</param>
internal sealed class DataPreparation(IAnsiConsole console, RunOptions options)
{
    /// <summary>Finds or fetches the data, loads it once with the first seed, and builds each network for it, with the weights of files
    /// that it starts from.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Cancels the fetching.</param>
    /// <exception cref="UAmtflException">The data is not found, cannot be fetched or read, does not fit the tasks, or an option for it
    /// is wrong; or a network cannot be built.</exception>
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
            files = [.. data.Files, .. StartFiles.Read(run, data.Counts)];
            networks = NetworkRecord.Of(run.Variants, data.Counts);
            UnusedTraining.RefuseDecay(run.Variants, data.Counts);
        }

        if (options.Data is not null && !request.FolderWasRead)
        {
            throw new DataException($"{run.Experiment.Name} reads no folder, its data set does not look at request.Folder, but --data " +
                "was given; drop it");
        }

        // Free the data that was loaded, which would otherwise stay in memory during the run, beside the workers' own.
        GC.Collect();
        return new(folder, files, networks);
    }

    private async Task<string?> FindAsync(ResolvedRun run, CancellationToken cancellation)
    {
        var given = options.Data is null ? null : Path.GetFullPath(options.Data);
        var entry = run.Experiment.NewDataset().Entry?.Validated();
        if (options.Mirror is not null && entry is not { OnRequest: false, ShippedFolder: null, GivenFolder: null })
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

/// <summary>The folder and the files of a run's data, and the networks that were built for it.</summary>
/// <param name="Folder">The folder that every cell reads from; null if the data ships with the program, or the data set has its
/// own.</param>
/// <param name="Files">The files that were read with the first seed, and those that networks start from.</param>
/// <param name="Networks">The network of each variant, by the variant's name.</param>
internal sealed record PreparedData(string? Folder, IReadOnlyList<ReadFile> Files, IReadOnlyDictionary<string, NetworkRecord> Networks);
