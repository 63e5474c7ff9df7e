using System.Text.RegularExpressions;

namespace UAmtfl.Data;

/// <summary>A data set in the catalogue: its files, their owners, and the places from which they can be fetched.</summary>
public sealed partial record CatalogueEntry
{
    /// <summary>The data set's name on the command line, in the cache and on mirrors: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>One line that says what the data is and how much there is of it.</summary>
    public required string Title { get; init; }

    /// <summary>The files of the data set, at least one; empty if the user gives the whole folder
    /// (<see cref="GivenFolder"/>).</summary>
    public required IReadOnlyList<CatalogueFile> Files { get; init; }

    /// <summary>The contents of a folder that the user must give with <c>--data</c>, because the files may not be passed on, and are too
    /// many to list; null if the files are listed.</summary>
    public string? GivenFolder { get; init; }

    /// <summary>The source of the files (repository and commit, or package and version), and how they were made from it.</summary>
    public required string Origin { get; init; }

    /// <summary>One line with the terms of use, or that none are stated.</summary>
    public required string Licence { get; init; }

    /// <summary>The publication to cite when the data is used.</summary>
    public required string Citation { get; init; }

    /// <summary>The address of a page about the data.</summary>
    public required string HomePage { get; init; }

    /// <summary>The folder beside the program that has the files; null if they do not ship with it.</summary>
    public string? ShippedFolder { get; init; }

    /// <summary>True if the data set needs the files only when a folder is given with <c>--data</c>. A run without one neither looks for
    /// the files nor fetches them.</summary>
    public bool OnRequest { get; init; }

    /// <summary>The size of all files, in bytes.</summary>
    public long Size => Files.Sum(f => f.Size);

    /// <summary>Returns the entry, or throws if it is not valid. Names are checked because paths are made of them.</summary>
    /// <exception cref="UAmtflException">The name, the name of a file, a hash or an address does not have the form that it must
    /// have.</exception>
    internal CatalogueEntry Validated()
    {
        if (!EntryName().IsMatch(Name))
        {
            throw new UAmtflException($"the catalogue's entry '{PlainText.Line(Name)}' has no usable name; use lower-case letters, " +
                "digits and hyphens");
        }

        (string What, string Text)[] lines =
            [("title", Title), ("origin", Origin), ("licence", Licence), ("citation", Citation), ("home page", HomePage),
            ("given folder", GivenFolder ?? "")];
        foreach (var (what, text) in lines)
        {
            if (text != PlainText.Line(text))
            {
                throw new UAmtflException($"the catalogue's entry {Name} has a {what} with a line break or another control character; " +
                    "write it on one line");
            }
        }

        if (Files.Count == 0 && GivenFolder is null)
        {
            throw new UAmtflException($"the catalogue's entry {Name} has no files; list at least one");
        }

        if (GivenFolder is not null && (Files.Count > 0 || OnRequest || ShippedFolder is not null))
        {
            throw new UAmtflException($"the catalogue's entry {Name} has a given folder and other files; keep one of them");
        }

        foreach (var file in Files)
        {
            if (!FileName().IsMatch(file.Name))
            {
                throw new UAmtflException(
                    $"the catalogue's entry {Name} has a file named '{PlainText.Line(file.Name)}'; use letters, digits, points, hyphens " +
                    "and underscores, beginning with a letter or digit");
            }

            if (file.Size <= 0 || file.Unpacked is { Size: <= 0 })
            {
                throw new UAmtflException($"the catalogue's entry {Name} has {file.Name} with a size below 1; give its size in bytes");
            }

            if (!Hash().IsMatch(file.Sha256) || (file.Unpacked is { } unpacked && !Hash().IsMatch(unpacked.Sha256)))
            {
                throw new UAmtflException(
                    $"the catalogue's entry {Name} has a hash of {file.Name} that is no SHA-256; write 64 lower-case hexadecimal digits");
            }

            var isAddress = Uri.TryCreate(file.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
            if (file.Url is not null && !isAddress)
            {
                throw new UAmtflException(
                    $"the catalogue's entry {Name} has '{file.Url}' for the address of {file.Name}; it must begin with http:// or " +
                    "https://");
            }
        }

        return this;
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex EntryName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Hash();
}

/// <summary>One file of a data set in the catalogue.</summary>
/// <param name="Name">The name of the file, without a folder.</param>
/// <param name="Size">The size of the file in bytes.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
/// <param name="Url">The public address that serves the file byte for byte; null if there is none.</param>
public sealed record CatalogueFile(string Name, long Size, string Sha256, string? Url = null)
{
    /// <summary>The content of a gzipped file, if a copy that is unpacked, or packed in another way, may take its place; null if only the
    /// same bytes may.</summary>
    public UnpackedFile? Unpacked { get; init; }
}

/// <summary>The size and the hash of the content of a gzipped file.</summary>
/// <param name="Size">The size of the content in bytes.</param>
/// <param name="Sha256">The SHA-256 of the content, 64 lower-case hexadecimal digits.</param>
public sealed record UnpackedFile(long Size, string Sha256);
