namespace UAmtfl.Data;

/// <summary>The user's folder of fetched data sets, with a subfolder for each.</summary>
/// <param name="root">The folder of the subfolders.</param>
internal sealed class DataCache(string root)
{
    /// <summary>The environment variable with the path of the library's cache, whose subfolder <c>data</c> has the data sets.</summary>
    public const string Variable = "UAMTFL_CACHE";

    /// <summary>The cache of the user: <c>$UAMTFL_CACHE/data</c>, else <c>$XDG_CACHE_HOME/uamtfl/data</c>, else
    /// <c>~/.cache/uamtfl/data</c> (on Windows <c>%LOCALAPPDATA%\uamtfl\data</c>).</summary>
    public static DataCache Default => new(Path.Combine(Base(Environment.GetEnvironmentVariable), "data"));

    /// <summary>The folder that has a subfolder for each data set.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Returns the folder in which the fetched files of a data set are kept.</summary>
    public string Folder(CatalogueEntry entry) => Path.Combine(Root, entry.Name);

    /// <summary>Returns the folder of everything that the library keeps for the user.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    internal static string Base(Func<string, string?> variable)
    {
        if (variable(Variable) is { Length: > 0 } own)
        {
            return own;
        }

        // A relative path is ignored, as the XDG specification demands.
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } shared && Path.IsPathFullyQualified(shared))
        {
            return Path.Combine(shared, "uamtfl");
        }

        return OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "uamtfl")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "uamtfl");
    }
}
