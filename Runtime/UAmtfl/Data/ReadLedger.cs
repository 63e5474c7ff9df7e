using System.Security.Cryptography;

namespace UAmtfl.Data;

/// <summary>A file that was read, with its size and hash.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Size">The size of the file in bytes, without unpacking.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 lower-case hexadecimal digits.</param>
internal sealed record ReadFile(string Path, long Size, string Sha256);

/// <summary>Records the files that are read while a data set loads, and throws if a file differs from the catalogue or from what the run
/// has read before.</summary>
/// <param name="entry">The entry of the data set in the catalogue; null if it has none.</param>
/// <param name="before">The files that the run has read already. They must not change, because the cells of a run could then not be
/// compared.</param>
internal sealed class ReadLedger(CatalogueEntry? entry, IReadOnlyList<ReadFile> before)
{
    private static readonly AsyncLocal<ReadLedger?> Ambient = new();

    // A data set with files on request also checks them itself, because it may take another version of them.
    private readonly IReadOnlyList<CatalogueFile> catalogue = entry is { OnRequest: false } ? entry.Files : [];

    private readonly Dictionary<string, ReadFile> earlier = before.ToDictionary(f => f.Path);
    private readonly List<ReadFile> files = [];

    /// <summary>The ledger of the data set that is being loaded; null if a program reads files by itself.</summary>
    public static ReadLedger? Current => Ambient.Value;

    /// <summary>The files that were read, ordered by path.</summary>
    public IReadOnlyList<ReadFile> Files
    {
        get
        {
            lock (files)
            {
                return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Calls a function and records what it reads, on all threads.</summary>
    public T Record<T>(Func<T> load)
    {
        var outer = Ambient.Value;
        Ambient.Value = this;
        try
        {
            return load();
        }
        finally
        {
            Ambient.Value = outer;
        }
    }

    /// <summary>Returns the sizes that the catalogue has for a file and for its content; null for a size that it does not have.</summary>
    public (long? Size, long? Content) Known(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var file in catalogue)
        {
            if (name == file.Name)
            {
                // If the content is known, a copy that is packed in another way may take its place.
                return file.Unpacked is { } content ? (null, content.Size) : (file.Size, null);
            }

            if (file.Unpacked is { } unpacked && name == UnpackedName(file))
            {
                return (unpacked.Size, null);
            }
        }

        return default;
    }

    /// <summary>Records a file that was read, and compares it with the catalogue and with what was read before.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="bytes">The bytes of the file, without unpacking.</param>
    /// <returns>The SHA-256 of the file.</returns>
    /// <exception cref="DataException">The run has read other bytes at this path before.</exception>
    public string Add(string path, ReadOnlySpan<byte> bytes)
    {
        var file = new ReadFile(Path.GetFullPath(path), bytes.Length, Hash(bytes));
        lock (files)
        {
            if (earlier.TryGetValue(file.Path, out var first) && first.Sha256 != file.Sha256)
            {
                throw new DataException(
                    $"{path}: it changed during the run, to SHA-256 {file.Sha256} from {first.Sha256}: put the file back, or start a " +
                    "new run");
            }

            if (earlier.TryAdd(file.Path, file) || !files.Contains(file))
            {
                files.Add(file);
            }
        }

        return file.Sha256;
    }

    /// <summary>Compares a file with the catalogue.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="sha256">The SHA-256 of the file.</param>
    /// <param name="content">The unpacked content of the file.</param>
    /// <exception cref="DataException">The catalogue has another hash for the file.</exception>
    public void Check(string path, string sha256, ReadOnlySpan<byte> content)
    {
        var name = Path.GetFileName(path);
        foreach (var file in catalogue)
        {
            var own = name == file.Name;
            if (!own && !(file.Unpacked is not null && name == UnpackedName(file)))
            {
                continue;
            }

            var right = (own && sha256 == file.Sha256) || (file.Unpacked is { } unpacked && Hash(content) == unpacked.Sha256);
            if (!right)
            {
                throw new DataException(
                    $"{path}: SHA-256 {sha256}, expected {(own ? file.Sha256 : file.Unpacked!.Sha256)}: it is damaged or another " +
                    $"version; 'data check {entry!.Name}' says more");
            }
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string UnpackedName(CatalogueFile file) =>
        file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Name[..^3] : file.Name;
}
