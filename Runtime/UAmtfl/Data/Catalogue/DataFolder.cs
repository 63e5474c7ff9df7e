namespace UAmtfl.Data;

/// <summary>Finds the folder with the files of a data set in the catalogue, without fetching any.</summary>
public static class DataFolder
{
    /// <summary>Finds the folder from which to read a data set: the one given with <c>--data</c>, or its subfolder with the name of the
    /// data set. If none is given, it is the folder beside the program or else the user's cache, whichever has any of the files.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="request">The request of the run.</param>
    /// <returns>A folder with all files of the entry, each of the right size.</returns>
    /// <exception cref="DataException">No folder has them, or the first that has some lacks others or has one of another size.</exception>
    public static string Locate(CatalogueEntry entry, DataRequest request)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(request);
        return Find(entry, request.Folder, DataCache.Default)
            ?? throw Nowhere(entry, Candidates(entry, request.Folder, DataCache.Default));
    }

    /// <summary>Finds the folder given with <c>--data</c>, or its subfolder named like the data set if only that has any of the files. It
    /// is for data sets that check files themselves, because they also read files of another size than the catalogue's.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder given with <c>--data</c>.</param>
    /// <returns>The folder or its subfolder.</returns>
    public static string Within(CatalogueEntry entry, string folder)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(folder);
        return Given(entry, folder).FirstOrDefault(f => HasAny(entry, f)) ?? folder;
    }

    /// <summary>Finds the folder with the files of a data set and compares their sizes with the catalogue.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <param name="cache">The user's cache.</param>
    /// <returns>The folder; null if no folder has any of the files, or if the cache has only some of them, because the others can be
    /// fetched into it.</returns>
    /// <exception cref="DataException">The given folder has none of the files, or a folder other than the cache has only some of them, or
    /// one of another size.</exception>
    internal static string? Find(CatalogueEntry entry, string? folder, DataCache cache)
    {
        if (entry.Validated().GivenFolder is { } layout)
        {
            return folder is null ? throw NotGiven(entry, layout) : Given(entry, folder).LastOrDefault(Directory.Exists) ?? folder;
        }

        RequireGiven(entry, folder);
        foreach (var candidate in Candidates(entry, folder, cache).Where(c => HasAny(entry, c)))
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

    /// <summary>Throws if a folder has none of the files of the data set, because a folder that the user names must not be ignored
    /// silently.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <exception cref="DataException">The folder has none of the files.</exception>
    internal static void RequireGiven(CatalogueEntry entry, string? folder)
    {
        if (folder is not null && !Has(entry, folder))
        {
            throw new DataException(
                $"{Path.GetFullPath(folder)}, given with --data, has no file of the data set {entry.Name}, nor has its subfolder " +
                $"{entry.Name} ({entry.Files[0].Name} should be there): name the folder that has the data, or drop --data");
        }
    }

    /// <summary>Describes the problems of the files in a folder, one line for each; empty if all files are right.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="check">The comparison, <see cref="FileCheck.Size"/> or <see cref="FileCheck.Hash"/>.</param>
    internal static IReadOnlyList<string> Faults(CatalogueEntry entry, string folder, Func<string, CatalogueFile, string?> check) =>
        [.. entry.Files.Select(f => Fault(folder, f, check)).OfType<string>()];

    /// <summary>Describes the problem of a file in a folder; null if the file is right.</summary>
    internal static string? Fault(string folder, CatalogueFile file, Func<string, CatalogueFile, string?> check) =>
        FileCheck.Find(folder, file) is { } path ? check(path, file) : $"{Path.Combine(folder, file.Name)}: is not there";

    /// <summary>True if a folder has any of the files of the data set.</summary>
    internal static bool HasAny(CatalogueEntry entry, string folder) => entry.Files.Any(f => FileCheck.Find(folder, f) is not null);

    /// <summary>True if a folder given with <c>--data</c>, or its subfolder with the name of the data set, has any of the files.</summary>
    internal static bool Has(CatalogueEntry entry, string folder) => Given(entry, folder).Any(f => HasAny(entry, f));

    /// <summary>Finds the folder with the files as <see cref="Find"/> does, but also looks in the other places if the given folder does
    /// not have them.</summary>
    internal static string? Look(CatalogueEntry entry, string? folder, DataCache cache) =>
        Find(entry, folder is not null && (entry.GivenFolder is not null || Has(entry, folder)) ? folder : null, cache);

    /// <summary>Returns the folders in which to look for a data set, in order.</summary>
    internal static IReadOnlyList<string> Candidates(CatalogueEntry entry, string? folder, DataCache cache) =>
        [
            .. folder is null ? [] : Given(entry, folder),
            .. entry.ShippedFolder is { } shipped ? [shipped] : (string[])[],
            cache.Folder(entry),
        ];

    /// <summary>Returns the exception for a data set whose folder the user must give.</summary>
    internal static DataException NotGiven(CatalogueEntry entry, string layout) => new(
        $"the files of the data set {entry.Name} are not passed on: get them from {entry.HomePage}, and give the folder that has {layout} "
            + "with --data");

    /// <summary>Returns the exception for a data set whose files are in none of the folders, or not all of them.</summary>
    internal static DataException Nowhere(CatalogueEntry entry, IReadOnlyList<string> candidates) =>
        new(
            $"the data set {entry.Name} is not in {string.Join(", nor in ", candidates)}: fetch it with 'data get {entry.Name}', or " +
            "name the folder that has it with --data");

    private static string[] Given(CatalogueEntry entry, string folder) =>
        [Path.GetFullPath(folder), Path.Combine(Path.GetFullPath(folder), entry.Name)];
}
