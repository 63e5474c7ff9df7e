using System.IO.Compression;
using System.Text;

namespace UAmtfl.Tests.Data;

/// <summary>Writes MAT-files of level 5 for tests.</summary>
internal sealed class MatWriter(bool bigEndian = false)
{
    private const int Int8 = 1, Int32 = 5, UInt32 = 6;

    /// <summary>The number of bytes of each numeric type of the format, by its number; 0 where the format has no such type.</summary>
    private static readonly int[] Sizes = [0, 1, 1, 2, 2, 4, 4, 4, 0, 8, 0, 0, 8, 8];

    public byte[] File(params byte[][] elements)
    {
        var text = Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, written by a test".PadRight(124));
        return
        [
            .. text, .. bigEndian ? (byte[])[1, 0, (byte)'M', (byte)'I'] : [0, 1, (byte)'I', (byte)'M'], .. elements.SelectMany(e => e),
        ];
    }

    /// <summary>Writes a matrix as a variable, or as a member of a cell array if its name is empty.</summary>
    /// <param name="matlabClass">The class: 6 for double, 7 for single, 8 to 15 for int8, uint8, … uint64.</param>
    /// <param name="type">The type of the stored numbers, 1 to 13.</param>
    public byte[] Matrix(string name, int matlabClass, int type, int[] shape, double[] values, int flags = 0) =>
        Element(14, [.. Head(name, matlabClass, shape, flags), .. Element(type, [.. values.SelectMany(v => Number(type, v))])]);

    public byte[] Cells(string name, int[] shape, params byte[][] cells) =>
        Element(14, [.. Head(name, 1, shape, 0), .. cells.SelectMany(c => c)]);

    /// <summary>Writes a variable of a class other than a numeric matrix, with the given elements after its head.</summary>
    public byte[] Other(string name, int matlabClass, int[] shape, params byte[][] rest) =>
        Element(14, [.. Head(name, matlabClass, shape, 0), .. rest.SelectMany(r => r)]);

    public byte[] Compressed(byte[] element)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(element);
        }

        // A compressed element is not padded to a multiple of eight bytes.
        var bytes = packed.ToArray();
        return [.. Word(15), .. Word(bytes.Length), .. bytes];
    }

    /// <summary>Writes an element. Up to four bytes of content are stored within the tag, as MATLAB does.</summary>
    public byte[] Element(int type, byte[] content)
    {
        if (type != 14 && content.Length is > 0 and <= 4)
        {
            return [.. Word((content.Length << 16) | type), .. content, .. new byte[4 - content.Length]];
        }

        return [.. Word(type), .. Word(content.Length), .. content, .. new byte[(8 - (content.Length % 8)) % 8]];
    }

    private byte[] Head(string name, int matlabClass, int[] shape, int flags) =>
        [
            .. Element(UInt32, [.. Word((flags << 8) | matlabClass), .. Word(0)]), .. Element(Int32, [.. shape.SelectMany(Word)]),
            .. Element(Int8, Encoding.ASCII.GetBytes(name)),
        ];

    private byte[] Word(int value) => Ordered(BitConverter.GetBytes(value));

    private byte[] Number(int type, double value) => Ordered(type switch
    {
        7 => BitConverter.GetBytes((float)value),
        9 => BitConverter.GetBytes(value),
        13 => BitConverter.GetBytes((ulong)value),
        _ => BitConverter.GetBytes((long)value)[..Sizes[type]],
    });

    private byte[] Ordered(byte[] littleEndian) => bigEndian ? [.. littleEndian.Reverse()] : littleEndian;
}
