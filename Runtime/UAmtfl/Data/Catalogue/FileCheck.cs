using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>Compares files with the sizes and hashes in the catalogue.</summary>
internal static class FileCheck
{
    private const string Packed = ".gz";

    /// <summary>Finds a file in a folder, under its own name or, if the catalogue knows its content, under the name of the unpacked
    /// file.</summary>
    /// <returns>The path; null if there is no such file.</returns>
    public static string? Find(string folder, CatalogueFile file)
    {
        var path = Path.Combine(folder, file.Name);
        if (File.Exists(path))
        {
            return path;
        }

        return file.Unpacked is not null && IsPacked(path) && File.Exists(path[..^Packed.Length]) ? path[..^Packed.Length] : null;
    }

    /// <summary>Compares the size of a file with the catalogue, without reading the file.</summary>
    /// <returns>The problem in one line; null if the size is right.</returns>
    public static string? Size(string path, CatalogueFile file) => Guarded(path, () =>
    {
        var size = DataFile.Length(path);
        if (IsWhole(path, size, file) || HasContent(path, size, file))
        {
            return null;
        }

        var expected = IsPacked(path) || file.Unpacked is null ? file.Size : file.Unpacked.Size;
        return string.Create(CultureInfo.InvariantCulture, $"{path}: {size} bytes, expected {expected}: it is damaged or another version");
    });

    /// <summary>Compares the SHA-256 of a file with the catalogue.</summary>
    /// <returns>The problem in one line; null if the hash is right.</returns>
    public static string? Hash(string path, CatalogueFile file) => Guarded(path, () =>
    {
        if (Size(path, file) is { } wrong)
        {
            return wrong;
        }

        var (found, expected) = IsWhole(path, DataFile.Length(path), file) ? (HashOf(path), file.Sha256) : (null, null);
        if (found != expected || found is null)
        {
            if (file.Unpacked is null)
            {
                return $"{path}: SHA-256 {found}, expected {expected}: it is damaged or another version";
            }

            try
            {
                (found, expected) = (ContentHash(path, file.Unpacked.Size), file.Unpacked.Sha256);
            }
            catch (DataException damaged)
            {
                return damaged.Message;
            }
        }

        return found == expected
            ? null
            : $"{path}: its content has SHA-256 {found}, expected {expected}: it is damaged or another version";
    });

    private static bool IsPacked(string path) => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);

    /// <summary>True if a file has the name and the size of the catalogue, so that it may be equal byte for byte.</summary>
    private static bool IsWhole(string path, long size, CatalogueFile file) =>
        size == file.Size && Path.GetFileName(path) == file.Name;

    /// <summary>True if the catalogue knows the content of a file, and the content of a copy has that size.</summary>
    private static bool HasContent(string path, long size, CatalogueFile file) =>
        file.Unpacked is { } content && UnpackedSize(path, size) == (IsPacked(path) ? (uint)content.Size : content.Size);

    /// <summary>Returns the size of the content of a file. For a gzip file it is only the lower 32 bits, which its last four bytes
    /// hold.</summary>
    private static long UnpackedSize(string path, long size)
    {
        if (!IsPacked(path))
        {
            return size;
        }

        Span<byte> end = stackalloc byte[sizeof(uint)];
        if (size < end.Length)
        {
            return -1;
        }

        using var stream = File.OpenRead(path);
        stream.Position = size - end.Length;
        stream.ReadExactly(end);
        return BinaryPrimitives.ReadUInt32LittleEndian(end);
    }

    private static string ContentHash(string path, long limit) => Convert.ToHexStringLower(SHA256.HashData(DataFile.Content(path, limit)));

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string? Guarded(string path, Func<string?> check)
    {
        try
        {
            return check();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"{path}: cannot be read ({Words.Clause(error.Message)})";
        }
    }
}
