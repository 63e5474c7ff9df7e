namespace UAmtfl.Data;

/// <summary>A place with the files of many data sets, each in a subfolder named like it: a folder, or the address of one.</summary>
internal sealed class Mirror
{
    private readonly Uri? address;
    private readonly string folder;

    private Mirror(Uri? address, string folder) => (this.address, this.folder) = (address, folder);

    /// <summary>Reads what <c>--mirror</c> says.</summary>
    /// <exception cref="UAmtflException">It is neither an address nor a folder that there is.</exception>
    public static Mirror Parse(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            // Without the last slash, the last part of the path would be replaced.
            return new(text.EndsWith('/') ? address : new(text + "/"), "");
        }

        return Directory.Exists(text)
            ? new(null, Path.GetFullPath(text))
            : throw new UAmtflException($"the mirror '{text}', given with --mirror, is neither a folder nor an address that begins with http:// or https://");
    }

    /// <summary>Where it has a file.</summary>
    public IFileSource Source(CatalogueEntry entry, CatalogueFile file, HttpClient client, FetchOptions options) => address is null
        ? new FolderSource(Path.Combine(folder, entry.Name, file.Name))
        : new HttpSource(new(address, $"{entry.Name}/{file.Name}"), client, options);
}
