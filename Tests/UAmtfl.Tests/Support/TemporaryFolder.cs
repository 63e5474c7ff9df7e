using System.Buffers.Binary;
using System.IO.Compression;

namespace UAmtfl.Tests.Support;

/// <summary>A folder for one test, deleted after it, with methods that write data files into it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("uamtfl-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, compressed if its name ends in .gz, and returns its path.</summary>
    public string Write(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(File(name), name.EndsWith(".gz") ? Gzip(content) : content);
        return File(name);
    }

    /// <summary>Writes a file with exactly these bytes, and returns its path.</summary>
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

    /// <summary>Makes the content of an IDX file of unsigned bytes.</summary>
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

    /// <summary>Writes a file of images and a file of labels as MNIST has them; each image is filled with the value of its
    /// label.</summary>
    public void WriteDigits(string prefix, byte[] labels, int side = 28)
    {
        var pixels = labels.SelectMany(label => Enumerable.Repeat(label, side * side)).ToArray();
        Write($"{prefix}-images-idx3-ubyte", Idx(pixels, labels.Length, side, side));
        Write($"{prefix}-labels-idx1-ubyte", Idx(labels, labels.Length));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
