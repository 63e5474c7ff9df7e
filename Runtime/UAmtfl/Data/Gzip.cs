using System.Buffers.Binary;
using System.IO.Compression;

namespace UAmtfl.Data;

/// <summary>Unpacks gzip files (RFC 1952) of one or more members, as <c>gzip</c>, <c>cat a.gz b.gz</c> and <c>bgzip</c> write
/// them.</summary>
internal static class Gzip
{
    private const int Header = 10, Trailer = 8;

    /// <summary>The largest quotient of unpacked and packed sizes that Deflate reaches.</summary>
    private const long BestRatio = 1032;

    /// <summary>The content of a member that is added after a file to find out whether the file is complete. It is at the end of the
    /// result only if the file is, whereas <see cref="GZipStream"/> ends without an error if its input is cut or followed by other
    /// bytes.</summary>
    private static readonly byte[] Mark = [0x93, 0x1C, 0xE7, 0x58, 0xA2, 0x0D, 0xFB, 0x46, 0x71, 0xD8, 0x3E, 0x95, 0x60, 0xBF, 0x2A, 0xC4];

    private static readonly byte[] PackedMark = Pack(Mark);

    /// <summary>The number of bytes after the file that <see cref="Unpack"/> needs.</summary>
    public static int Spare => PackedMark.Length;

    /// <summary>Unpacks a file.</summary>
    /// <param name="path">The path, for messages.</param>
    /// <param name="packed">The bytes of the file, with room for <see cref="Spare"/> more after them.</param>
    /// <param name="length">The number of bytes of the file.</param>
    /// <param name="limit">The largest size of the content in bytes.</param>
    /// <exception cref="DataException">The file is not a gzip file, or is damaged, or its content is larger than the limit.</exception>
    public static byte[] Unpack(string path, byte[] packed, int length, long limit)
    {
        var file = packed.AsSpan(0, length);
        if (!DataFile.IsGzip(file))
        {
            throw new DataException(
                $"{path}: not a gzip, which starts with the bytes 1F 8B (found {DataFile.Start(file)}): fetch it again, or drop .gz " +
                "from its name if it is unpacked already");
        }

        if (length < Header + Trailer)
        {
            throw new DataException($"{path}: a gzip has at least {Header + Trailer} bytes, found {length}: the file is truncated; " +
                "fetch it again");
        }

        // The last four bytes are the length of the content modulo 2^32 if the file has one member, and an array of that size saves
        // copies.
        limit = Math.Min(limit, Array.MaxLength - Mark.Length);
        var promised = BinaryPrimitives.ReadUInt32LittleEndian(file[^4..]);
        var content = new byte[Math.Min(Math.Min(promised, limit), length * BestRatio)];
        PackedMark.CopyTo(packed.AsSpan(length));
        return Inflate(path, packed, content, limit);
    }

    /// <summary>Creates the exception for a file whose content is too large.</summary>
    public static DataException TooLarge(string path, string size, long limit) =>
        new($"{path}: {size}, expected at most {limit}: it is damaged or another version, or else read it with a higher limit");

    private static byte[] Inflate(string path, byte[] packed, byte[] content, long limit)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        Span<byte> next = stackalloc byte[Mark.Length + 1];
        var count = 0;
        try
        {
            while (true)
            {
                count += gzip.ReadAtLeast(content.AsSpan(count), content.Length - count, throwOnEndOfStream: false);
                if (count < content.Length)
                {
                    break;
                }

                var more = gzip.ReadAtLeast(next, next.Length, throwOnEndOfStream: false);
                if (next[..more].SequenceEqual(Mark))
                {
                    return content;
                }

                if (count + more > limit + Mark.Length)
                {
                    throw TooLarge(path, $"more than {limit} unpacked bytes", limit);
                }

                Array.Resize(ref content, (int)Math.Min(limit + Mark.Length, Math.Max(2L * content.Length, count + more + 4096L)));
                next[..more].CopyTo(content.AsSpan(count));
                count += more;
                if (more < next.Length)
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // The message of .NET is not repeated, because it speaks of an unsupported method even if a checksum is wrong.
            throw new DataException($"{path}: damaged gzip: the file is truncated or changed; fetch it again", error);
        }

        if (!content.AsSpan(0, count).EndsWith(Mark))
        {
            throw new DataException(
                $"{path}: the gzip unpacks to {count} bytes and does not end there: the file is truncated, or other bytes follow; fetch " +
                "it again");
        }

        Array.Resize(ref content, count - Mark.Length);
        return content;
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
