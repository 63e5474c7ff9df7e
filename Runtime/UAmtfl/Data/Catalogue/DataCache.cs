namespace UAmtfl.Data;

/// <summary>The user's folder of fetched data sets, with a subfolder for each.</summary>
/// <param name="root">The folder of the subfolders.</param>
internal sealed class DataCache(string root)
{
    /// <summary>The environment variable that names another folder for all that the library keeps; data is in its subfolder
    /// <c>data</c>.</summary>
    public const string Variable = "UAMTFL_CACHE";

    /// <summary>The user's cache: <c>$UAMTFL_CACHE/data</c>, else <c>$XDG_CACHE_HOME/uamtfl/data</c>, else <c>~/.cache/uamtfl/data</c> (on
    /// Windows <c>%LOCALAPPDATA%\uamtfl\data</c>).</summary>
    public static DataCache Default => new(Path.Combine(Base(Environment.GetEnvironmentVariable), "data"));

    /// <summary>The folder that has a subfolder for each data set.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The folder in which a data set's files are kept once they are fetched.</summary>
    public string Folder(CatalogueEntry entry) => Path.Combine(Root, entry.Name);

    /// <summary>The folder of all that the library keeps for the user.</summary>
    /// <param name="variable">Reads environment variables.</param>
    internal static string Base(Func<string, string?> variable)
    {
        if (variable(Variable) is { Length: > 0 } own)
        {
            return own;
        }

        // The XDG specification tells to ignore a relative path.
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } shared && Path.IsPathFullyQualified(shared))
        {
            return Path.Combine(shared, "uamtfl");
        }

        return OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "uamtfl")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "uamtfl");
    }
}
