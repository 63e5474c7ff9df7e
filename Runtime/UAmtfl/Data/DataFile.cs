using System.Buffers.Binary;
using System.IO.Compression;

namespace UAmtfl.Data;

/// <summary>Finds and reads the files of a data set, plain or gzipped, and refuses damaged ones.</summary>
public static class DataFile
{
    private const int GzipHeader = 10, GzipTrailer = 8;

    /// <summary>The path of a file that may be gzipped: <paramref name="name"/>, or else <paramref name="name"/><c>.gz</c>.</summary>
    /// <param name="folder">Where it should be.</param>
    /// <param name="name">Its name without <c>.gz</c>.</param>
    /// <exception cref="DataException">Neither is there.</exception>
    public static string Find(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        if (File.Exists(plain)) return plain;
        if (File.Exists(plain + ".gz")) return plain + ".gz";
        var found = Directory.Exists(folder) ? $"has neither {name} nor {name}.gz" : $"is not a folder; {name} or {name}.gz should be in it";
        throw new DataException($"{folder} {found}: put the file there, or name the folder that has it with --data");
    }

    /// <summary>All bytes of a file, unpacked if its name ends in <c>.gz</c> (RFC 1952, one member, below 2 GiB).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It cannot be read, is no gzip, or is a damaged one.</exception>
    public static byte[] Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{path}: cannot be read ({error.Message}): check that the file is there and may be read", error);
        }
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unpack(path, bytes) : bytes;
    }

    /// <summary>Whether bytes begin as a gzip does.</summary>
    internal static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    private static byte[] Unpack(string path, byte[] packed)
    {
        if (!IsGzip(packed))
            throw new DataException($"{path}: not a gzip, which starts with the bytes 1F 8B (found {Start(packed)}): fetch it again, or drop .gz from its name if it is unpacked already");
        if (packed.Length < GzipHeader + GzipTrailer)
            throw new DataException($"{path}: a gzip has at least {GzipHeader + GzipTrailer} bytes, found {packed.Length}: the file is truncated; fetch it again");

        using var unpacked = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            gzip.CopyTo(unpacked);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // The message of .NET speaks of an unsupported method even where a checksum is wrong, so it is not repeated.
            throw new DataException($"{path}: damaged gzip, found after {unpacked.Length} unpacked bytes: fetch it again", error);
        }

        // GZipStream ends without a word where its input ends, and passes over what follows it. The last four bytes of a whole
        // file are the unpacked length modulo 2^32, those of a cut or lengthened one are something else.
        var promised = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^4..));
        if (promised != (uint)unpacked.Length)
            throw new DataException($"{path}: the end of the gzip promises {promised} unpacked bytes, found {unpacked.Length}: the file is truncated, or other bytes follow; fetch it again");
        return unpacked.ToArray();
    }

    /// <summary>The first two bytes, for a message.</summary>
    internal static string Start(ReadOnlySpan<byte> bytes)
        => bytes.IsEmpty ? "an empty file" : BitConverter.ToString(bytes[..Math.Min(2, bytes.Length)].ToArray()).Replace('-', ' ');
}
