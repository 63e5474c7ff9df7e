namespace UAmtfl.Data.Tables;

/// <summary>Finds the files of a table.</summary>
internal static class TableFiles
{
    private const string Packed = ".gz";

    /// <summary>Returns the end of a file's name that says its format, in lower case and without <c>.gz</c>.</summary>
    /// <param name="path">The file.</param>
    public static string Extension(string path)
    {
        var name = path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? path[..^Packed.Length] : path;
        return Path.GetExtension(name).ToLowerInvariant();
    }

    /// <summary>Finds a file in the folder given with <c>--data</c>; if none is given, beside the program, or else in the working
    /// directory.</summary>
    /// <param name="name">The path that the declaration states.</param>
    /// <param name="folder">The folder given with <c>--data</c>; null for none.</param>
    /// <exception cref="DataException">There is no such file.</exception>
    public static string Locate(string name, string? folder)
    {
        string[] places = folder is null
            ? [Path.Combine(AppContext.BaseDirectory, name), Path.GetFullPath(name)]
            : [Path.Combine(Path.GetFullPath(folder), name), Path.Combine(Path.GetFullPath(folder), Path.GetFileName(name))];
        return Array.Find(places, File.Exists) ?? throw new DataException(folder is null
            ? $"the table '{name}' is neither {places[0]} nor {places[1]}: copy it beside the program, or name its folder with --data"
            : $"the table '{name}' is not in {Path.GetFullPath(folder)}, given with --data: name the folder that has it, or drop --data");
    }
}
