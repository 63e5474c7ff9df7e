namespace UAmtfl.Data;

/// <summary>Finds the folder with the files of a data set that the catalogue knows. Only looks; nothing is fetched.</summary>
public static class DataFolder
{
    /// <summary>The folder to read from: the one given with <c>--data</c> or its subfolder named like the data set, the one that
    /// ships, the user's cache; the first that has any of the files.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="request">What the run asks for.</param>
    /// <returns>A folder with all files of the entry, each of the right size.</returns>
    /// <exception cref="DataException">No folder has them, or the first that has some lacks others or has one of another size.</exception>
    public static string Locate(CatalogueEntry entry, DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(request);
        return Find(entry, request.Folder, DataCache.Default)
            ?? throw Nowhere(entry, Candidates(entry, request.Folder, DataCache.Default));
    }

    /// <summary>The folder given with <c>--data</c>, or its subfolder named like the data set where only that has any of the files:
    /// for a data set that also reads files of another size than the catalogue's, and checks them itself.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder given.</param>
    /// <returns>The folder or its subfolder.</returns>
    public static string Within(CatalogueEntry entry, string folder)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(folder);
        return Given(entry, folder).FirstOrDefault(f => HasAny(entry, f)) ?? folder;
    }

    /// <summary>The folder with the files.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <param name="cache">The user's cache.</param>
    /// <returns>The folder; null where no folder has any of the files, or the cache has not all of them: there the rest can be fetched.</returns>
    /// <exception cref="DataException">A folder that is not the cache has only some of the files, or one of another size.</exception>
    internal static string? Find(CatalogueEntry entry, string? folder, DataCache cache)
    {
        foreach (var candidate in Candidates(entry.Validated(), folder, cache).Where(c => HasAny(entry, c)))
        {
            if (Faults(entry, candidate, FileCheck.Size) is not { Count: > 0 } faults)
            {
                return candidate;
            }

            if (candidate != cache.Folder(entry))
            {
                throw new DataException($"{faults[0]}; 'data check {entry.Name}' says more");
            }
        }

        return null;
    }

    /// <summary>What is wrong with the files in a folder, a line for each; empty where nothing is.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="check"><see cref="FileCheck.Size"/> or <see cref="FileCheck.Hash"/>.</param>
    internal static IReadOnlyList<string> Faults(CatalogueEntry entry, string folder, Func<string, CatalogueFile, string?> check) =>
        [.. entry.Files.Select(f => Fault(folder, f, check)).OfType<string>()];

    /// <summary>What is wrong with a file in a folder; null where nothing is.</summary>
    internal static string? Fault(string folder, CatalogueFile file, Func<string, CatalogueFile, string?> check) =>
        FileCheck.Find(folder, file) is { } path ? check(path, file) : $"{Path.Combine(folder, file.Name)}: is not there";

    /// <summary>Whether a folder has any of the files.</summary>
    internal static bool HasAny(CatalogueEntry entry, string folder) => entry.Files.Any(f => FileCheck.Find(folder, f) is not null);

    /// <summary>Where to look, in order.</summary>
    internal static IReadOnlyList<string> Candidates(CatalogueEntry entry, string? folder, DataCache cache) =>
        [.. folder is null ? [] : Given(entry, folder), .. entry.ShippedFolder is { } shipped ? [shipped] : (string[])[], cache.Folder(entry)];

    /// <summary>Says that a data set is in none of the folders, or not all of it.</summary>
    internal static DataException Nowhere(CatalogueEntry entry, IReadOnlyList<string> candidates) =>
        new($"the data set {entry.Name} is not in {string.Join(", nor in ", candidates)}: fetch it with 'data get {entry.Name}', or name the folder that has it with --data");

    private static string[] Given(CatalogueEntry entry, string folder) => [Path.GetFullPath(folder), Path.Combine(Path.GetFullPath(folder), entry.Name)];
}
