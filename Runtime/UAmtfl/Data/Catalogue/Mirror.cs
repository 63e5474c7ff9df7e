namespace UAmtfl.Data;

/// <summary>A folder, or the address of one, with the files of many data sets, each in a subfolder named like the data set.</summary>
internal sealed class Mirror
{
    private static readonly string[] Schemes = ["http://", "https://"];

    private readonly Uri? address;
    private readonly string folder;

    private Mirror(Uri? address, string folder) => (this.address, this.folder) = (address, folder);

    /// <summary>Reads a mirror from the text given with <c>--mirror</c>.</summary>
    /// <exception cref="UAmtflException">The text is neither an existing folder nor the address of one.</exception>
    public static Mirror Parse(string text)
    {
        var shown = $"the mirror '{PlainText.WithoutSecrets(text)}', given with --mirror,";
        if (Directory.Exists(text))
        {
            return new(null, Path.GetFullPath(text));
        }

        if (!Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UAmtflException($"{shown} is neither a folder nor an address that begins with http:// or https://");
        }

        // A slash at the end is needed, because a relative address would otherwise replace the last part of the path.
        var trimmed = text.Trim();
        if (!Uri.TryCreate(trimmed.EndsWith('/') ? trimmed : trimmed + "/", UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            throw new UAmtflException($"{shown} is no address that can be read; write http://host:port/path/, and special characters of " +
                "a password as %XX");
        }

        return address.Query.Length + address.Fragment.Length == 0
            ? new(address, "")
            : throw new UAmtflException($"{shown} has a ? or # part, and the names of files go behind it; give the address of a folder");
    }

    /// <summary>Returns the source of a file on the mirror.</summary>
    public IFileSource Source(CatalogueEntry entry, CatalogueFile file, HttpClient client, FetchOptions options) => address is null
        ? new FolderSource(Path.Combine(folder, entry.Name, file.Name))
        : new HttpSource(new(address, $"{entry.Name}/{file.Name}"), client, options);
}
