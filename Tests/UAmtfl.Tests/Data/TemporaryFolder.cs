using System.Buffers.Binary;
using System.IO.Compression;

namespace UAmtfl.Tests.Data;

/// <summary>A folder of its own for a test, gone afterwards, and the writing of IDX files into it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("uamtfl-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes bytes, gzipped if the name ends in .gz, and returns the path.</summary>
    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), name.EndsWith(".gz") ? Gzip(content) : content);
        return File(name);
    }

    /// <summary>Writes bytes as they are.</summary>
    public string WriteRaw(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), content);
        return File(name);
    }

    public static byte[] Gzip(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>The content of an IDX file of unsigned bytes.</summary>
    public static byte[] Idx(ReadOnlySpan<byte> elements, params int[] shape)
    {
        var content = new byte[4 + 4 * shape.Length + elements.Length];
        (content[2], content[3]) = (8, (byte)shape.Length);
        for (var d = 0; d < shape.Length; d++)
        {
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(4 + 4 * d), shape[d]);
        }

        elements.CopyTo(content.AsSpan(4 + 4 * shape.Length));
        return content;
    }

    /// <summary>Writes a pair of files of images and labels as MNIST has them; each image is filled with its label.</summary>
    public void WriteDigits(string prefix, byte[] labels, int side = 28)
    {
        var pixels = labels.SelectMany(label => Enumerable.Repeat(label, side * side)).ToArray();
        Write($"{prefix}-images-idx3-ubyte", Idx(pixels, labels.Length, side, side));
        Write($"{prefix}-labels-idx1-ubyte", Idx(labels, labels.Length));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
