using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using UAmtfl.Messages;

namespace UAmtfl.Data;

/// <summary>The variables of a file in MATLAB's format of level 5 (<i>MAT-File Format</i>, The MathWorks), which MATLAB saves with
/// <c>-v6</c> and <c>-v7</c>. Full real matrices of numbers or logicals, and cell arrays of them, can be read; other variables in the file
/// cannot.</summary>
public sealed class MatFile
{
    private const int HeaderLength = 128, VersionAt = 124, BlockLength = 1 << 16;

    private readonly Dictionary<string, MatArray> variables = new(StringComparer.Ordinal);

    private MatFile(string source) => Source = source;

    /// <summary>The path of the file, for messages.</summary>
    public string Source { get; }

    /// <summary>The names of the variables, in the order of the file.</summary>
    public IReadOnlyList<string> Names => [.. variables.Keys];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="limit">The largest size in bytes of the file, and of its compressed variables together when unpacked
    /// (<see cref="DataFile.Read"/>).</param>
    /// <exception cref="DataException">The file is missing or damaged, or of another level than 5.</exception>
    public static MatFile Read(string path, long limit = DataFile.Limit)
    {
        var content = DataFile.Read(path, limit);
        var left = limit;
        var reader = new MatReader(path, content, IsBigEndian(path, content));
        var file = new MatFile(path);
        for (var position = HeaderLength; position < content.Length;)
        {
            var element = reader.Element(ref position);
            var inner = reader;
            if (element.Type == MatReader.Compressed)
            {
                var unpacked = Inflate(path, content.AsMemory(element.Start, element.Length), left, limit);
                left -= unpacked.Length;
                inner = new(path, unpacked, reader.BigEndian);
                var at = 0;
                element = inner.Element(ref at);
            }

            if (element.Type == MatReader.Matrix)
            {
                var array = inner.Array(element.Start, element.Length);
                file.variables[array.Name] = array;
            }
        }

        return file;
    }

    /// <summary>Reads a variable that is a matrix.</summary>
    /// <param name="name">The name of the variable.</param>
    /// <exception cref="DataException">There is no variable with this name, or it is not a full real matrix.</exception>
    public MatMatrix Matrix(string name) => Find(name).ToMatrix();

    /// <summary>Reads a variable that is a cell array of matrices.</summary>
    /// <param name="name">The name of the variable.</param>
    /// <returns>The matrices, in an order in which the first index of the cell array changes fastest.</returns>
    /// <exception cref="DataException">There is no variable with this name, or it is not a cell array, or one of its cells is not a full
    /// real matrix.</exception>
    public IReadOnlyList<MatMatrix> Cells(string name) => Find(name).ToCells();

    private MatArray Find(string name) => variables.TryGetValue(name, out var variable)
        ? variable
        : throw new DataException(
            $"{Source}: no variable '{name}'; {(variables.Count == 0 ? "there are none" : Nearest.Hint(name, variables.Keys))}");

    private static bool IsBigEndian(string path, byte[] content)
    {
        if (content is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] || content.AsSpan().StartsWith("MATLAB 7.3"u8))
        {
            throw new DataException($"{path}: saved with -v7.3, which is HDF5, expected level 5: save it again in MATLAB with -v7");
        }

        if (content.Length < HeaderLength)
        {
            throw new DataException(
                $"{path}: a MAT-file has at least {HeaderLength} bytes, found {content.Length}: the file is truncated, or something " +
                "else; fetch it again");
        }

        // The two letters are exchanged if the file is of a machine with the other byte order, and so are the bytes of all numbers.
        var bigEndian = content[VersionAt + 2] == (byte)'M';
        var version = content.AsSpan(VersionAt, 2);
        if (content[(VersionAt + 2)..HeaderLength] is not ([(byte)'I', (byte)'M'] or [(byte)'M', (byte)'I'])
            || (bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(version) : BinaryPrimitives.ReadUInt16LittleEndian(version)) != 0x0100)
        {
            throw new DataException(
                $"{path}: not a MAT-file of level 5 (starts with '{Printable(content.AsSpan(0, 16))}'): save it in MATLAB with -v7");
        }

        return bigEndian;
    }

    private static string Printable(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.ASCII.GetString(bytes).Select(c => char.IsControl(c) ? '.' : c));

    /// <summary>Unpacks a variable in blocks, so that one that is too large is never in memory as a whole.</summary>
    private static byte[] Inflate(string path, ReadOnlyMemory<byte> packed, long left, long limit)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var stream = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var block = new byte[BlockLength];
            while (stream.Read(block) is > 0 and var count)
            {
                if (unpacked.Length + count > Math.Min(left, Array.MaxLength))
                {
                    throw Gzip.TooLarge(path, $"its compressed variables unpack to more than {limit} bytes", limit);
                }

                unpacked.Write(block, 0, count);
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new DataException(
                $"{path}: a compressed variable is damaged, found after {unpacked.Length} unpacked bytes: fetch the file again", error);
        }

        return unpacked.ToArray();
    }
}

/// <summary>A matrix of a MAT-file, or an array of more dimensions.</summary>
/// <param name="Shape">The sizes of the dimensions, of which there are at least two.</param>
/// <param name="Values">The numbers, in an order in which the first index changes fastest (column-major). Whole numbers beyond 2^53 are
/// rounded to the nearest.</param>
public sealed record MatMatrix(IReadOnlyList<int> Shape, double[] Values)
{
    /// <summary>The size of the first dimension.</summary>
    public int Rows => Shape[0];

    /// <summary>The product of the sizes of the other dimensions.</summary>
    public int Columns => Values.Length == 0 ? Shape.Skip(1).Aggregate(1, (a, b) => a * b) : Values.Length / Rows;

    /// <summary>Returns an element of the matrix.</summary>
    /// <param name="row">The index of the row, from 0.</param>
    /// <param name="column">The index of the column, from 0.</param>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
            return Values[(column * Rows) + row];
        }
    }

    /// <summary>Returns the numbers row by row as float32, <see cref="Rows"/> · <see cref="Columns"/> of them.</summary>
    public float[] RowMajor()
    {
        var rowMajor = new float[Values.Length];
        for (var i = 0; i < rowMajor.Length; i++)
        {
            rowMajor[i] = (float)Values[((i % Columns) * Rows) + (i / Columns)];
        }

        return rowMajor;
    }
}
