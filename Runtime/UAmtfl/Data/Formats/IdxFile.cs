using System.Buffers.Binary;

namespace UAmtfl.Data;

/// <summary>An array of unsigned bytes in the IDX format of LeCun, Cortes and Burges, in which MNIST and its relatives come.</summary>
/// <remarks>The file has two zero bytes, a byte for the element type (8: unsigned byte), a byte for the rank, each dimension as a
/// big-endian 32-bit number, and the elements in row-major order, and nothing after them.</remarks>
public sealed class IdxFile
{
    private const byte UnsignedByte = 0x08;

    private IdxFile(string source, int[] shape, ReadOnlyMemory<byte> bytes) => (Source, Shape, Bytes) = (source, shape, bytes);

    /// <summary>The path of the file, for messages.</summary>
    public string Source { get; }

    /// <summary>The sizes of the dimensions, outermost first; at least one.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements in row-major order, each 0 … 255. Their number is the product of <see cref="Shape"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads the file with a given name, or else the one with <c>.gz</c> after the name.</summary>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="name">The name of the file without <c>.gz</c>.</param>
    /// <param name="rank">The number of dimensions that the array must have; null for any.</param>
    /// <exception cref="DataException">The file is missing or damaged, or has another format.</exception>
    public static IdxFile Read(string folder, string name, int? rank = null) => Read(DataFile.Find(folder, name), rank);

    /// <summary>Reads a file, unpacking it if its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="rank">The number of dimensions that the array must have; null for any.</param>
    /// <param name="limit">The largest size in bytes, packed and unpacked (<see cref="DataFile.Read"/>).</param>
    /// <exception cref="DataException">The file is missing or damaged, or has another format.</exception>
    public static IdxFile Read(string path, int? rank = null, long limit = DataFile.Limit)
    {
        var content = DataFile.Read(path, limit);
        if (content is not [0, 0, ..])
        {
            var mend = DataFile.IsGzip(content) ? "it is gzipped, so let its name end in .gz" : "fetch it again";
            throw new DataException(
                $"{path}: not an IDX file, which starts with the bytes 00 00 (found {DataFile.Start(content)}): {mend}");
        }
        if (content.Length < 4)
        {
            throw new DataException(
                $"{path}: an IDX file has at least 4 bytes, found {content.Length}: the file is truncated; fetch it again");
        }

        if (content[2] != UnsignedByte)
        {
            throw new DataException(
                $"{path}: elements of type 0x{content[2]:X2}, expected 0x{UnsignedByte:X2} (unsigned byte): give an IDX file of " +
                "unsigned bytes");
        }

        if (content[3] == 0 || content[3] != (rank ?? content[3]))
        {
            throw new DataException(
                $"{path}: {content[3]} dimensions, expected {rank?.ToString() ?? "at least 1"}: give the IDX file that belongs under " +
                "this name");
        }

        var start = 4 + 4 * content[3];
        if (content.Length < start)
        {
            throw new DataException(
                $"{path}: the header of {content[3]} dimensions takes {start} bytes, found {content.Length}: the file is truncated; " +
                "fetch it again");
        }

        var shape = ReadShape(path, content.AsSpan(4..start), out var expected);
        var found = content.Length - start;
        if (found != expected)
        {
            var what = found < expected ? "the file is truncated" : $"the last {found - expected} do not belong to it";
            throw new DataException(
                $"{path}: {string.Join(" x ", shape)} elements take {expected} bytes after the header, found {found}: {what}; fetch it " +
                "again");
        }
        return new(path, shape, content.AsMemory(start));
    }

    private static int[] ReadShape(string path, ReadOnlySpan<byte> header, out long count)
    {
        var shape = new int[header.Length / 4];
        count = 1;
        for (var d = 0; d < shape.Length; d++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 * d)..]);
            // The limit is checked in each step, so that neither the product nor a dimension can overflow.
            if (size > Array.MaxLength || (count *= size) > Array.MaxLength)
            {
                throw new DataException(
                    $"{path}: dimension {d + 1} of {shape.Length} is {size}, which makes more than {Array.MaxLength} elements: the " +
                    "header is damaged; fetch the file again");
            }

            shape[d] = (int)size;
        }
        return shape;
    }
}
