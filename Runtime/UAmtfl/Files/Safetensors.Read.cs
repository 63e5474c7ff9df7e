using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace UAmtfl.Files;

/// <summary>Reads the safetensors format strictly: a file that is damaged, or longer than its header says, is refused.</summary>
internal static partial class Safetensors
{
    private const int CopyBuffer = 1 << 16;

    /// <summary>The longest header that the format allows.</summary>
    private const long MostHeaderBytes = 100_000_000;

    /// <summary>The most numbers that a tensor can have; no file is that long, and products of two dimensions stay whole.</summary>
    private const long MostElements = long.MaxValue / 8;

    /// <summary>Reads tensors that any program wrote.</summary>
    /// <param name="stream">The bytes, up to the end; its length must be known.</param>
    /// <returns>The tensors by name, on the CPU, in the current dispose scope, and the strings that describe the file.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a file, or not all of one; the message says what is wrong and
    /// where.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream)
    {
        var (header, data) = ReadHeader(stream);
        using var document = Parse(header);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw Wrong($"the header names {property.Name} twice");
            }

            if (property.Name == MetadataName)
            {
                ReadMetadata(property.Value, metadata);
            }
            else
            {
                entries.Add(ReadEntry(property.Name, property.Value));
            }
        }

        CheckPlaces(entries, data);
        return (ReadTensors(stream, entries), metadata);
    }

    private static (byte[] Header, long DataBytes) ReadHeader(Stream stream)
    {
        var left = stream.Length - stream.Position;
        if (left < LengthBytes)
        {
            throw Wrong($"it has {left} bytes, and the length of its header alone takes {LengthBytes}: the file is truncated");
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        stream.ReadExactly(length);
        left -= LengthBytes;
        var headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerBytes > MostHeaderBytes)
        {
            throw Wrong($"its header would take {headerBytes} bytes, and the format allows {MostHeaderBytes}");
        }

        if (headerBytes > (ulong)left)
        {
            throw Wrong($"its header takes {headerBytes} bytes, and {left} follow: the file is truncated");
        }

        var header = new byte[headerBytes];
        stream.ReadExactly(header);
        return (header, left - header.Length);
    }

    private static JsonDocument Parse(byte[] header)
    {
        try
        {
            // JsonDocument takes a header that is not UTF-8 and fails later, where a name is read.
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(header);
            var document = JsonDocument.Parse(header);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Wrong("its header is no JSON object");
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            throw new InvalidDataException($"not a safetensors file: its header is no JSON: {error.Message}", error);
        }
    }

    private static void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"{MetadataName} is no JSON object");
        }

        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                throw Wrong($"{property.Name} in {MetadataName} is no string");
            }

            if (!metadata.TryAdd(property.Name, property.Value.GetString()!))
            {
                throw Wrong($"{MetadataName} names {property.Name} twice");
            }
        }
    }

    private static Entry ReadEntry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"the entry of tensor {name} is no JSON object");
        }

        var fields = value.EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal);
        if (!fields.SequenceEqual(["data_offsets", "dtype", "shape"]))
        {
            throw Wrong($"the entry of tensor {name} must have dtype, shape and data_offsets, once each");
        }

        var typeName = value.GetProperty("dtype") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        if (Types.FirstOrDefault(t => t.Name == typeName) is not { Name: not null } type)
        {
            throw Wrong(
                $"tensor {name} has type {value.GetProperty("dtype")}, which is none of {string.Join(", ", Types.Select(t => t.Name))}");
        }

        var shape = Numbers(name, "shape", value.GetProperty("shape"));
        if (Numbers(name, "data_offsets", value.GetProperty("data_offsets")) is not [var start, var end] || end < start)
        {
            throw Wrong($"data_offsets of tensor {name} are not two numbers, of which the second is no smaller");
        }

        if (Count(shape) is not { } count || count * type.Size != end - start)
        {
            throw Wrong($"tensor {name} has shape [{string.Join(", ", shape)}] of {type.Name}, but {end - start} bytes of data");
        }

        return new(name, type.Type, shape, start, end);
    }

    private static long[] Numbers(string name, string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number && n.TryGetInt64(out var number) && number >= 0)
            ? [.. value.EnumerateArray().Select(n => n.GetInt64())]
            : throw Wrong($"{field} of tensor {name} is not a list of whole numbers from 0");

    /// <summary>Returns how many numbers a shape has; null if there are too many for any file.</summary>
    private static long? Count(long[] shape)
    {
        var count = shape.Contains(0) ? 0L : 1L;
        foreach (var size in shape)
        {
            if (count > 0 && size > MostElements / count)
            {
                return null;
            }

            count *= size;
        }

        return count;
    }

    private static void CheckPlaces(List<Entry> entries, long data)
    {
        entries.Sort((a, b) => (a.Start, a.End).CompareTo((b.Start, b.End)));
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Start != end)
            {
                throw Wrong(
                    $"the data of tensor {entry.Name} begins at byte {entry.Start}, and that of the tensor before ends at byte {end}: "
                        + (entry.Start < end ? "they overlap" : "there is a gap"));
            }

            end = entry.End;
        }

        if (end != data)
        {
            throw Wrong(
                $"its tensors take {end} bytes, and {data} follow the header: "
                    + (end > data ? "the file is truncated" : "other bytes follow"));
        }
    }

    private static Dictionary<string, Tensor> ReadTensors(Stream stream, List<Entry> entries)
    {
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var tensor = empty(entry.Shape, dtype: entry.Type, device: CPU);
            tensors[entry.Name] = tensor;
            if (entry.End > entry.Start)
            {
                tensor.ReadBytesFromStream(stream, CopyBuffer);
            }

            if (entry.Type == ScalarType.Bool && tensor.bytes.ContainsAnyExcept((byte)0, (byte)1))
            {
                throw Wrong($"tensor {entry.Name} is of type BOOL and has bytes that are neither 0 nor 1");
            }
        }

        return tensors;
    }

    private static InvalidDataException Wrong(string what) => new($"not a safetensors file: {what}");

    private sealed record Entry(string Name, ScalarType Type, long[] Shape, long Start, long End);
}
