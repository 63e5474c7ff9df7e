using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>Fetches the files of a data set into the user's cache. A file is checked before it gets its name, and programs that need the
/// same file at the same time fetch it once.</summary>
/// <param name="cache">The cache.</param>
/// <param name="mirror">The mirror that is asked before the public source; null for none.</param>
/// <param name="client">The client that asks web servers.</param>
/// <param name="options">The time limits and the number of attempts.</param>
/// <param name="observer">Receives the progress.</param>
internal sealed class DataFetcher(DataCache cache, Mirror? mirror, HttpClient client, FetchOptions options, IFetchObserver observer)
{
    /// <summary>Fetches the files of a data set that are missing or have another hash.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="cancellation">Ends the fetching. The bytes that have come are kept, and the next call continues after them.</param>
    /// <returns>The folder with the files.</returns>
    /// <exception cref="DataException">A file has no source, or no source gives the right bytes, or the cache cannot be
    /// written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string> GetAsync(CatalogueEntry entry, CancellationToken cancellation)
    {
        var folder = cache.Folder(entry.Validated());
        RequireSources(entry, folder);
        try
        {
            Directory.CreateDirectory(folder);
            using var only = await FileLock.AcquireAsync(
                Path.Combine(folder, ".lock"),
                options.LockInterval,
                () => observer.Note($"{entry.Name}: another program is fetching it; waiting"),
                cancellation).ConfigureAwait(false);

            // Missing files are looked up again, because another program may have fetched them while this one waited.
            foreach (var file in Missing(entry, folder))
            {
                await GetAsync(entry, file, Path.Combine(folder, file.Name), cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"cannot write to {folder}: {Words.Clause(error.Message)}; {DataCache.Variable} names another folder", error);
        }

        return folder;
    }

    private static IReadOnlyList<CatalogueFile> Missing(CatalogueEntry entry, string folder) =>
        [.. entry.Files.Where(f => DataFolder.Fault(folder, f, FileCheck.Hash) is not null)];

    private void RequireSources(CatalogueEntry entry, string folder)
    {
        if (mirror is null && Missing(entry, folder).FirstOrDefault(f => f.Url is null) is { } file)
        {
            throw new DataException(
                $"no public source serves {file.Name} of the data set {entry.Name} in this form: name a mirror that has it with " +
                $"--mirror, or a folder that has it with --data ({entry.HomePage}; origin: {entry.Origin})");
        }
    }

    /// <summary>Fetches a file from the first source that has it.</summary>
    private async Task GetAsync(CatalogueEntry entry, CatalogueFile file, string path, CancellationToken cancellation)
    {
        observer.Started(entry, file);
        var failures = new List<string>();
        foreach (var source in Sources(entry, file))
        {
            try
            {
                await GetAsync(file, source, path, cancellation).ConfigureAwait(false);
                failures.ForEach(observer.Note);
                observer.Finished(entry, file, source.Name);
                return;
            }
            catch (DataException failure)
            {
                failures.Add(failure.Message);
            }
        }

        throw new DataException($"{entry.Name}: {string.Join("; and ", failures)}");
    }

    private IEnumerable<IFileSource> Sources(CatalogueEntry entry, CatalogueFile file)
    {
        if (mirror is not null)
        {
            yield return mirror.Source(entry, file, client, options);
        }

        if (file.Url is not null)
        {
            yield return new HttpSource(new(file.Url), client, options);
        }
    }

    private async Task GetAsync(CatalogueFile file, IFileSource source, string path, CancellationToken cancellation)
    {
        var part = path + ".part";
        while (true)
        {
            var resumed = await source.BringAsync(file, part, bytes => observer.Advanced(file, bytes), cancellation).ConfigureAwait(false);
            if (FileCheck.Hash(part, file with { Name = Path.GetFileName(part), Unpacked = null }) is not { } wrong)
            {
                File.Move(part, path, overwrite: true);
                return;
            }

            // Old bytes may be from another source or version, so the file is deleted and may be fetched once more from the start.
            File.Delete(part);
            if (!resumed)
            {
                throw new DataException($"{source.Name}: gave wrong bytes ({wrong[(part.Length + 2)..]})");
            }
        }
    }
}
