using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace UAmtfl.Hosting;

/// <summary>Writes and reads matrices of float32 or float64 in NumPy's format, version 1.0 (numpy.lib.format), for
/// <c>numpy.load</c>.</summary>
internal static partial class Npy
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes a matrix given as rows of equal length, in C order.</summary>
    /// <param name="stream">Receives the bytes.</param>
    /// <param name="rows">The matrix, [N][M].</param>
    public static void Write<T>(Stream stream, T[][] rows)
        where T : unmanaged
    {
        var columns = rows.Length == 0 ? 0 : rows[0].Length;
        var header = string.Create(
            CultureInfo.InvariantCulture, $"{{'descr': '{Element<T>()}', 'fortran_order': False, 'shape': ({rows.Length}, {columns}), }}");

        // The data starts at a multiple of 64 bytes, so that it can be mapped into memory, and the header ends in a new line.
        var total = (Magic.Length + sizeof(ushort) + header.Length + 1 + 63) / 64 * 64;
        var padded = header.PadRight(total - Magic.Length - sizeof(ushort) - 1) + "\n";
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded.Length);
        stream.Write(Magic);
        stream.Write(length);
        stream.Write(Encoding.Latin1.GetBytes(padded));
        foreach (var row in rows)
        {
            if (row.Length != columns)
            {
                throw new ArgumentException("the rows differ in length", nameof(rows));
            }

            stream.Write(MemoryMarshal.AsBytes<T>(row));
        }
    }

    /// <summary>Reads a matrix that <see cref="Write"/> wrote with elements of the same type.</summary>
    /// <param name="stream">The bytes.</param>
    /// <exception cref="InvalidDataException">The stream is not such a matrix, or its data does not fit its shape.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the header.</exception>
    public static T[][] Read<T>(Stream stream)
        where T : unmanaged
    {
        var start = new byte[Magic.Length + sizeof(ushort)];
        stream.ReadExactly(start);
        var header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(Magic.Length))];
        stream.ReadExactly(header);
        var shape = Shape().Match(Encoding.Latin1.GetString(header));
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic) || !shape.Success || shape.Groups[1].Value != Element<T>())
        {
            throw new InvalidDataException($"not a matrix of float{8 * Unsafe.SizeOf<T>()} in NumPy's format 1.0");
        }

        // The shape is compared with the size of the data first, because a damaged one could ask for any amount of memory.
        var data = stream.Length - stream.Position;
        if (!int.TryParse(shape.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            || !int.TryParse(shape.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || (decimal)count * columns * Unsafe.SizeOf<T>() != data)
        {
            throw new InvalidDataException(
                $"its shape is ({shape.Groups[2].Value}, {shape.Groups[3].Value}), and it has {data} bytes of data");
        }

        var rows = new T[count][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new T[columns];
            stream.ReadExactly(MemoryMarshal.AsBytes(rows[i].AsSpan()));
        }

        return rows;
    }

    private static string Element<T>() =>
        typeof(T) == typeof(float) ? "<f4"
        : typeof(T) == typeof(double) ? "<f8"
        : throw new NotSupportedException($"no matrices of {typeof(T)}");

    [GeneratedRegex(@"^\{'descr': '(<f[48])', 'fortran_order': False, 'shape': \((\d+), (\d+)\), \} *\n$")]
    private static partial Regex Shape();
}
