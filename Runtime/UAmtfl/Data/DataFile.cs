using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>Finds and reads the files of a data set, plain or gzipped, and refuses damaged ones.</summary>
/// <remarks>While a run loads its data, each file that this class reads is recorded with its SHA-256, and compared with the catalogue and
/// with the bytes that the run has read before.</remarks>
public static class DataFile
{
    /// <summary>The largest size of a file, packed or unpacked, that is read unless the catalogue or the caller gives another: 1
    /// GiB.</summary>
    public const long Limit = 1L << 30;

    private const string Packed = ".gz";

    /// <summary>Finds a file that may be gzipped: <paramref name="name"/>, or else <paramref name="name"/><c>.gz</c>.</summary>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="name">The name of the file without <c>.gz</c>.</param>
    /// <exception cref="DataException">The folder has neither.</exception>
    public static string Find(string folder, string name)
    {
        var plain = Path.Combine(folder, name);
        if (File.Exists(plain))
        {
            return plain;
        }

        if (File.Exists(plain + ".gz"))
        {
            return plain + ".gz";
        }

        var found = Directory.Exists(folder)
            ? $"has neither {name} nor {name}.gz"
            : $"is not a folder; {name} or {name}.gz should be in it";
        throw new DataException($"{folder} {found}: put the file there, or name the folder that has it with --data");
    }

    /// <summary>Reads all bytes of a file and unpacks them if its name ends in <c>.gz</c> (RFC 1952, any number of members).</summary>
    /// <param name="path">The file, or a symbolic link to it.</param>
    /// <param name="limit">The largest size in bytes, packed and unpacked, at most 2 GiB. If a run reads a file that the catalogue knows,
    /// the size in the catalogue is the limit instead.</param>
    /// <exception cref="DataException">The file cannot be read, is empty, is a pipe or a device, is larger than the limit, is not a gzip
    /// file or a damaged one, or differs from the catalogue or from what the run has read before.</exception>
    public static byte[] Read(string path, long limit = Limit)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var ledger = ReadLedger.Current;
        var packed = path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);
        var known = ledger?.Known(path);
        var bytes = ReadWhole(path, known?.Size ?? limit, packed ? Gzip.Spare : 0, out var length);
        var fingerprint = ledger?.Add(path, bytes.AsSpan(0, length));
        var content = packed ? Gzip.Unpack(path, bytes, length, known?.Content ?? limit) : bytes;
        ledger?.Check(path, fingerprint!, content);
        return content;
    }

    /// <summary>Reads the content of a file without recording that it was read.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="limit">The largest size of the content in bytes. The packed file may be a little larger.</param>
    /// <exception cref="DataException">The file cannot be read, is damaged, or is larger than the limit.</exception>
    internal static byte[] Content(string path, long limit)
    {
        var packed = path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);
        var bytes = ReadWhole(path, packed ? Math.Max(Limit, limit) : limit, packed ? Gzip.Spare : 0, out var length);
        return packed ? Gzip.Unpack(path, bytes, length, limit) : bytes;
    }

    /// <summary>Returns the size of a file in bytes; for a symbolic link, the size of the file that it points to.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    internal static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.Length : new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)!.FullName).Length;
    }

    /// <summary>True if the first bytes are those of a gzip file.</summary>
    internal static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    /// <summary>Returns the first two bytes of a file in hexadecimal, for a message.</summary>
    internal static string Start(ReadOnlySpan<byte> bytes)
        => bytes.IsEmpty ? "an empty file" : BitConverter.ToString(bytes[..Math.Min(2, bytes.Length)].ToArray()).Replace('-', ' ');

    /// <summary>Throws if a file has size 0, because pipes and devices have that size and opening one might block for ever.</summary>
    /// <exception cref="DataException">The size is 0.</exception>
    internal static void RequireContent(string path, long length)
    {
        if (length == 0)
        {
            throw new DataException($"{path}: 0 bytes, so it is an empty file, a pipe or a device: put the data file there");
        }
    }

    /// <summary>Reads a file into an array with room for more bytes behind it.</summary>
    private static byte[] ReadWhole(string path, long limit, int spare, out int length)
    {
        try
        {
            var size = Length(path);
            RequireContent(path, size);
            if (size > Math.Min(limit, Array.MaxLength - Gzip.Spare))
            {
                throw Gzip.TooLarge(path, $"{size} bytes", limit);
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            var bytes = new byte[size + spare];
            length = (int)size;
            stream.ReadExactly(bytes, 0, length);
            return stream.ReadByte() < 0 ? bytes : throw new DataException($"{path}: it grew while it was read: start again when it is " +
                "whole");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{path}: cannot be read ({Words.Clause(error.Message)}): check that the file is there and may be read", error);
        }
    }
}
