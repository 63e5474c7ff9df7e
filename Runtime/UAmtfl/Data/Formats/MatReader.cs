using System.Buffers.Binary;
using System.Text;

namespace UAmtfl.Data;

/// <summary>The place of the content of a data element in a MAT-file.</summary>
/// <param name="Type">The type of the content.</param>
/// <param name="Start">The position of its first byte.</param>
/// <param name="Length">The number of its bytes.</param>
internal readonly record struct MatElement(int Type, int Start, int Length);

/// <summary>Reads the data elements of a MAT-file.</summary>
/// <param name="source">The path, for messages.</param>
/// <param name="content">The bytes of the file, or of one unpacked element of it.</param>
/// <param name="bigEndian">True if numbers have their highest byte first.</param>
internal sealed class MatReader(string source, byte[] content, bool bigEndian)
{
    /// <summary>The numbers of the types of data elements: 14 for a matrix, 15 for a compressed element.</summary>
    public const int Matrix = 14, Compressed = 15;

    private const int TagLength = 8;

    /// <summary>True if numbers have their highest byte first.</summary>
    public bool BigEndian => bigEndian;

    /// <summary>The path of the file, for messages.</summary>
    public string Source => source;

    /// <summary>Reads the tag of an element and moves to the next element.</summary>
    /// <exception cref="DataException">The element goes beyond the end of the file.</exception>
    public MatElement Element(ref int position)
    {
        if (content.Length - position < TagLength)
        {
            throw Truncated(position);
        }

        var type = Word(position);
        if (type >> 16 is > 0 and var small)
        {
            // A content of up to four bytes is within the tag itself.
            var element = new MatElement((int)(type & 0xFFFF), position + 4, (int)small);
            position += TagLength;
            return small <= 4 ? element : throw new DataException(
                $"{source}: a small element of {small} bytes at byte {position}, expected at most 4: the file is damaged; fetch it " +
                "again");
        }

        var length = Word(position + 4);
        var start = position + TagLength;
        if (length > content.Length - start)
        {
            throw Truncated(position);
        }

        // All elements except compressed ones are padded to multiples of eight bytes.
        position = (int)Math.Min(content.Length, start + (type == Compressed ? length : (length + 7L) / 8 * 8));
        return new((int)type, start, (int)length);
    }

    /// <summary>Reads the name, class and shape of a matrix element.</summary>
    /// <param name="start">The position of the first byte of its content.</param>
    /// <param name="length">The number of its bytes.</param>
    public MatArray Array(int start, int length)
    {
        if (length == 0)
        {
            // MATLAB writes an empty element for [] in a cell.
            return new(this, "", MatArray.Double, false, [0, 0], start, start);
        }

        var (position, end) = (start, start + length);
        var flags = Within(ref position, end);
        if (flags.Length < 4)
        {
            throw Truncated(start);
        }

        var word = Word(flags.Start);
        var type = (int)(word & 0xFF);
        if (type > MatArray.LastNumeric)
        {
            // Function handles and objects have no dimensions, and their name is not read.
            return new(this, "", type, false, [], position, end);
        }

        var sizes = Within(ref position, end);
        var shape = new int[sizes.Length / 4];
        for (var d = 0; d < shape.Length; d++)
        {
            shape[d] = (int)Word(sizes.Start + (4 * d));
        }

        if (shape.Length < 2 || shape.Any(s => s < 0))
        {
            throw new DataException(
                $"{source}: a variable with dimensions [{string.Join(", ", shape)}] at byte {start}: the file is damaged; fetch it " +
                "again");
        }

        var name = Within(ref position, end);
        var text = Encoding.UTF8.GetString(content.AsSpan(name.Start, name.Length));
        return new(this, text, type, (word & 0x800) != 0, shape, position, end);
    }

    /// <summary>Reads an element that must end before the end of another.</summary>
    public MatElement Within(ref int position, int end)
    {
        var at = position;
        var element = Element(ref position);
        return element.Start + element.Length <= end ? element : throw Truncated(at);
    }

    /// <summary>Reads numbers, which are stored in the smallest type that can hold them, whatever the class of the matrix.</summary>
    /// <exception cref="DataException">The type is not numeric, or the number of numbers is wrong.</exception>
    public double[] Numbers(MatElement element, long count, string what)
    {
        var (size, read) = Converter(element.Type) is { Size: > 0 } converter
            ? converter
            : throw new DataException(
                $"{source}: {what} has numbers of the unknown type {element.Type}: the file is damaged; fetch it again");
        if (element.Length != count * size)
        {
            throw new DataException(
                $"{source}: {what} takes {count * size} bytes, found {element.Length}: the file is damaged; fetch it again");
        }

        var values = new double[count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(content.AsSpan(element.Start + (i * size), size));
        }

        return values;
    }

    private delegate double Read(ReadOnlySpan<byte> bytes);

    private (int Size, Read Read) Converter(int type) => (type, bigEndian) switch
    {
        (1, _) => (1, b => (sbyte)b[0]),
        (2, _) => (1, b => b[0]),
        (3, false) => (2, b => BinaryPrimitives.ReadInt16LittleEndian(b)),
        (3, true) => (2, b => BinaryPrimitives.ReadInt16BigEndian(b)),
        (4, false) => (2, b => BinaryPrimitives.ReadUInt16LittleEndian(b)),
        (4, true) => (2, b => BinaryPrimitives.ReadUInt16BigEndian(b)),
        (5, false) => (4, b => BinaryPrimitives.ReadInt32LittleEndian(b)),
        (5, true) => (4, b => BinaryPrimitives.ReadInt32BigEndian(b)),
        (6, false) => (4, b => BinaryPrimitives.ReadUInt32LittleEndian(b)),
        (6, true) => (4, b => BinaryPrimitives.ReadUInt32BigEndian(b)),
        (7, false) => (4, b => BinaryPrimitives.ReadSingleLittleEndian(b)),
        (7, true) => (4, b => BinaryPrimitives.ReadSingleBigEndian(b)),
        (9, false) => (8, BinaryPrimitives.ReadDoubleLittleEndian),
        (9, true) => (8, BinaryPrimitives.ReadDoubleBigEndian),
        (12, false) => (8, b => BinaryPrimitives.ReadInt64LittleEndian(b)),
        (12, true) => (8, b => BinaryPrimitives.ReadInt64BigEndian(b)),
        (13, false) => (8, b => BinaryPrimitives.ReadUInt64LittleEndian(b)),
        (13, true) => (8, b => BinaryPrimitives.ReadUInt64BigEndian(b)),
        _ => default,
    };

    private uint Word(int position) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(content.AsSpan(position))
        : BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(position));

    private DataException Truncated(int position) => new(
        $"{source}: the element at byte {position} goes beyond the end, at byte {content.Length}: the file is truncated; fetch it again");
}
