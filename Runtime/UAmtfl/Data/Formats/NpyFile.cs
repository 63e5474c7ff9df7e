using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace UAmtfl.Data;

/// <summary>An array in NumPy's format, versions 1 to 3 (numpy.lib.format), with elements of bool, uint8, int8, int32, int64, float32 or
/// float64, little-endian. An array in Fortran order is converted to C order.</summary>
public sealed partial class NpyFile
{
    private const int MagicLength = 8;

    private static readonly Dictionary<string, (Type Type, int Size)> Types = new(StringComparer.Ordinal)
    {
        ["|b1"] = (typeof(bool), 1),
        ["|u1"] = (typeof(byte), 1),
        ["|i1"] = (typeof(sbyte), 1),
        ["<i4"] = (typeof(int), 4),
        ["<i8"] = (typeof(long), 8),
        ["<f4"] = (typeof(float), 4),
        ["<f8"] = (typeof(double), 8),
    };

    private readonly byte[] elements;

    private NpyFile(string source, Type type, int[] shape, byte[] elements) =>
        (Source, ElementType, Shape, this.elements) = (source, type, shape, elements);

    /// <summary>The path of the file, for messages.</summary>
    public string Source { get; }

    /// <summary>The type of the elements: bool, byte, sbyte, int, long, float or double.</summary>
    public Type ElementType { get; }

    /// <summary>The sizes of the dimensions, outermost first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Reads a file, unpacking it if its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="rank">The number of dimensions that the array must have; null for any.</param>
    /// <param name="limit">The largest size in bytes, packed and unpacked (<see cref="DataFile.Read"/>).</param>
    /// <exception cref="DataException">The file is missing or damaged, or has another rank or elements of another type.</exception>
    public static NpyFile Read(string path, int? rank = null, long limit = DataFile.Limit)
    {
        var content = DataFile.Read(path, limit);
        var header = Header(path, content, out var start);
        var type = TypeOf(path, header);
        var shape = ShapeOf(path, header, rank);
        long count = 1;
        foreach (var size in shape)
        {
            count = Math.Min(count * size, int.MaxValue);
        }

        var (expected, found) = (count * type.Size, content.Length - start);
        if (found != expected)
        {
            var what = found < expected ? "the file is truncated" : "other bytes follow";
            throw new DataException(
                $"{path}: {string.Join(" x ", shape)} elements take {expected} bytes after the header, found {found}: {what}; fetch it " +
                "again");
        }

        var elements = content[start..];
        var fortran = Match(path, header, Order()) == "True" && shape.Length > 1;
        return new(path, type.Type, shape, fortran ? ToRowMajor(elements, shape, type.Size) : elements);
    }

    /// <summary>Reads the elements in their own type, in row-major order.</summary>
    /// <typeparam name="T">The type of the elements in the file.</typeparam>
    /// <exception cref="DataException">The elements have another type.</exception>
    public T[] Elements<T>()
        where T : unmanaged => typeof(T) == ElementType
        ? MemoryMarshal.Cast<byte, T>(elements).ToArray()
        : throw new DataException(
            $"{Source}: elements of type {ElementType.Name}, expected {typeof(T).Name}: give the array of that type");

    /// <summary>Reads the elements as float32, in row-major order; whole numbers beyond 2^24 and float64 are rounded to the
    /// nearest.</summary>
    public float[] Floats() =>
        ElementType == typeof(float) ? Elements<float>()
        : ElementType == typeof(double) ? Array.ConvertAll(Elements<double>(), e => (float)e)
        : ElementType == typeof(long) ? Array.ConvertAll(Elements<long>(), e => (float)e)
        : ElementType == typeof(int) ? Array.ConvertAll(Elements<int>(), e => (float)e)
        : ElementType == typeof(sbyte) ? Array.ConvertAll(Elements<sbyte>(), e => (float)e)
        : Array.ConvertAll(elements, e => (float)e);

    /// <summary>Reads the bits of an array of bytes as 0 and 1, the highest of each byte first (<c>numpy.unpackbits</c>).</summary>
    /// <exception cref="DataException">The elements are not unsigned bytes.</exception>
    public float[] Bits()
    {
        var bytes = Elements<byte>();
        var bits = new float[8 * bytes.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = (bytes[i >> 3] >> (7 - (i & 7))) & 1;
        }

        return bits;
    }

    /// <summary>Reads the dictionary that describes the array.</summary>
    private static string Header(string path, byte[] content, out int start)
    {
        if (!content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']))
        {
            throw new DataException(
                $"{path}: not an array of NumPy, which starts with the bytes 93 4E (found {DataFile.Start(content)}): give an .npy file");
        }

        if (content.Length > 6 && content[6] is < 1 or > 3)
        {
            throw new DataException($"{path}: version {content[6]} of the format, expected 1, 2 or 3: save it with a current NumPy");
        }

        start = MagicLength + (content.Length > 6 && content[6] == 1 ? sizeof(ushort) : sizeof(uint));
        if (content.Length >= start)
        {
            var field = content.AsSpan(MagicLength..start);
            var length = field.Length == sizeof(ushort)
                ? BinaryPrimitives.ReadUInt16LittleEndian(field)
                : BinaryPrimitives.ReadUInt32LittleEndian(field);
            if (length <= content.Length - start)
            {
                var header = Encoding.UTF8.GetString(content.AsSpan(start, (int)length));
                start += (int)length;
                return header;
            }
        }

        throw new DataException(
            $"{path}: the header goes beyond the end, at {content.Length} bytes: the file is truncated; fetch it again");
    }

    private static (Type Type, int Size) TypeOf(string path, string header) =>
        Types.TryGetValue(Match(path, header, Descr()), out var type)
            ? type
            : throw new DataException(
                $"{path}: elements of type {Match(path, header, Descr())}, expected one of {string.Join(", ", Types.Keys)}: convert the " +
                "array with astype");

    private static int[] ShapeOf(string path, string header, int? rank)
    {
        var sizes = Match(path, header, Dimensions()).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[sizes.Length];
        for (var d = 0; d < shape.Length; d++)
        {
            if (!int.TryParse(sizes[d], NumberStyles.None, CultureInfo.InvariantCulture, out shape[d]))
            {
                throw new DataException(
                    $"{path}: dimension {d + 1} is '{sizes[d]}', expected a whole number below 2^31: the header is damaged; fetch the " +
                    "file again");
            }
        }

        return rank is null || rank == shape.Length
            ? shape
            : throw new DataException($"{path}: {shape.Length} dimensions, expected {rank}: give the array that belongs under this name");
    }

    private static string Match(string path, string header, Regex key) => key.Match(header) is { Success: true } match
        ? match.Groups[1].Value
        : throw new DataException(
            $"{path}: the header says nothing that can be read of descr, fortran_order or shape (a structured type?): save a plain " +
            "array");

    /// <summary>Converts an array from Fortran order, in which the first index changes fastest, to C order.</summary>
    private static byte[] ToRowMajor(byte[] columnMajor, int[] shape, int size)
    {
        var rowMajor = new byte[columnMajor.Length];
        var index = new int[shape.Length];
        for (var from = 0; from < columnMajor.Length; from += size)
        {
            var to = 0;
            for (var d = 0; d < shape.Length; d++)
            {
                to = (to * shape[d]) + index[d];
            }

            columnMajor.AsSpan(from, size).CopyTo(rowMajor.AsSpan(to * size));
            for (var d = 0; d < shape.Length && ++index[d] == shape[d]; d++)
            {
                index[d] = 0;
            }
        }

        return rowMajor;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]+)['"]""")]
    private static partial Regex Descr();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex Order();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex Dimensions();
}
