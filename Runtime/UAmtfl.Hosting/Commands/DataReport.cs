using UAmtfl.Data;

namespace UAmtfl.Hosting;

/// <summary>Writes the output of the verb <c>data</c> about data sets.</summary>
internal static class DataReport
{
    private const int Kilo = 1000;

    /// <summary>Writes a list of data sets.</summary>
    /// <param name="catalogue">The data sets.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <param name="cache">The user's cache.</param>
    /// <param name="writer">Receives the text.</param>
    public static void List(IReadOnlyList<CatalogueEntry> catalogue, string? folder, DataCache cache, TextWriter writer)
    {
        var rows = catalogue.Select(e => new[] { e.Name, e.GivenFolder is null ? Size(e.Size) : "", Where(e, folder, cache), e.Licence });
        AlignedText.Write(["name", "size", "where", "licence"], rows, writer, 1);
    }

    /// <summary>Compares the hashes of a data set's files with the catalogue, and writes a line for each file.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <param name="cache">The user's cache.</param>
    /// <param name="writer">Receives the lines.</param>
    /// <returns>The exit code, which is a failure if a file is missing or has another hash.</returns>
    /// <exception cref="DataException">The folder given has none of the files, or no folder has any.</exception>
    public static int Check(CatalogueEntry entry, string? folder, DataCache cache, TextWriter writer)
    {
        if (entry.GivenFolder is not null)
        {
            throw new DataException(
                $"the catalogue does not list the files of {entry.Name}, which the user gives: a run checks what it reads of them");
        }

        DataFolder.RequireGiven(entry, folder);
        var candidates = DataFolder.Candidates(entry, folder, cache);
        var found = candidates.FirstOrDefault(c => DataFolder.HasAny(entry, c))
            ?? throw DataFolder.Nowhere(entry, candidates);
        writer.WriteLine($"{entry.Name}: {entry.Title}");
        writer.WriteLine($"origin: {entry.Origin}");
        var wrong = 0;
        foreach (var file in entry.Files)
        {
            var fault = DataFolder.Fault(found, file, FileCheck.Hash);
            wrong += fault is null ? 0 : 1;
            writer.WriteLine(fault is null ? $"right  {FileCheck.Find(found, file)}" : $"WRONG  {fault}");
        }

        return wrong == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Returns a size in decimal units, such as <c>34.8 kB</c>.</summary>
    public static string Size(long bytes) => bytes < Kilo * Kilo
        ? FormattableString.Invariant($"{bytes / (double)Kilo:0.0} kB")
        : FormattableString.Invariant($"{bytes / (double)(Kilo * Kilo):0.0} MB");

    private static string Where(CatalogueEntry entry, string? folder, DataCache cache)
    {
        if (entry.GivenFolder is not null && folder is null)
        {
            return "needs --data";
        }

        try
        {
            return DataFolder.Look(entry, folder, cache) is not { } found ? Missing(entry, cache)
                : found == entry.ShippedFolder ? "ships with the program" : found;
        }
        catch (DataException wrong)
        {
            return $"WRONG: {wrong.Message}";
        }
    }

    private static string Missing(CatalogueEntry entry, DataCache cache)
    {
        var state = DataFolder.HasAny(entry, cache.Folder(entry)) ? "incomplete" : "missing";
        var remedy = entry.Files.All(f => f.Url is not null) ? $"data get {entry.Name}" : "needs --mirror or --data";
        return $"{state}; {remedy}{(entry.OnRequest ? " (runs do without it)" : "")}";
    }
}
