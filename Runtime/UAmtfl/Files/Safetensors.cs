using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace UAmtfl.Files;

/// <summary>Writes and reads named tensors in the safetensors format (huggingface.co/docs/safetensors): the length of a JSON header as 8
/// bytes, the header, which gives the type, the shape and the place of each tensor, and then the numbers, row by row and little-endian.
/// Python reads such a file with <c>safetensors.torch.load_file</c>.</summary>
internal static class Safetensors
{
    /// <summary>The name that the format keeps for the strings that describe a file.</summary>
    public const string MetadataName = "__metadata__";

    private const int LengthBytes = sizeof(ulong);
    private const int Alignment = 8;
    private const int CopyBuffer = 1 << 16;
    private const long MostAtOnce = 1 << 26;

    /// <summary>The longest header that the format allows.</summary>
    private const long MostHeaderBytes = 100_000_000;

    /// <summary>The most numbers that a tensor can have; no file is that long, and products of two dimensions stay whole.</summary>
    private const long MostElements = long.MaxValue / 8;

    private static readonly (ScalarType Type, string Name, int Size)[] Types =
    [
        (ScalarType.Float64, "F64", 8), (ScalarType.Float32, "F32", 4), (ScalarType.Float16, "F16", 2), (ScalarType.BFloat16, "BF16", 2),
        (ScalarType.Int64, "I64", 8), (ScalarType.Int32, "I32", 4), (ScalarType.Int16, "I16", 2), (ScalarType.Int8, "I8", 1),
        (ScalarType.Byte, "U8", 1), (ScalarType.Bool, "BOOL", 1),
    ];

    /// <summary>Writes tensors. The same tensors and strings give the same bytes.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="tensors">The tensors by name, on any device, in any order in memory. Those of larger numbers come first in the file,
    /// so that each begins at a multiple of its number's size; within one size, names are in ordinal order.</param>
    /// <param name="metadata">Strings by name that describe the file.</param>
    /// <exception cref="ArgumentException">A tensor has a type that the format lacks, or the name of the metadata.</exception>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var entries = tensors
            .Select(t => (t.Key, t.Value, Type: TypeOf(t.Key, t.Value)))
            .OrderByDescending(t => t.Type.Size).ThenBy(t => t.Key, StringComparer.Ordinal)
            .ToList();
        var header = Header(entries, metadata);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor, _) in entries)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            WriteNumbers(stream, tensor.detach().cpu().contiguous());
        }
    }

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

    /// <summary>Writes the memory of a dense tensor without a copy, in pieces, because a span is shorter than a tensor can be.</summary>
    private static void WriteNumbers(Stream stream, Tensor dense)
    {
        var flat = dense.reshape(-1);
        for (var start = 0L; start < flat.NumberOfElements; start += MostAtOnce)
        {
            stream.Write(flat.narrow(0, start, Math.Min(MostAtOnce, flat.NumberOfElements - start)).bytes);
        }
    }

    private static (ScalarType Type, string Name, int Size) TypeOf(string name, Tensor tensor)
    {
        if (name == MetadataName)
        {
            throw new ArgumentException($"no tensor can be called {MetadataName}: the format keeps that name for its metadata");
        }

        var type = tensor.dtype;
        return Types.FirstOrDefault(t => t.Type == type) is { Name: not null } known
            ? known
            : throw new ArgumentException($"tensor {name} has type {type}, which safetensors files cannot hold");
    }

    private static byte[] Header(
        List<(string Key, Tensor Value, (ScalarType Type, string Name, int Size) Type)> entries,
        IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataName);
                foreach (var (name, text) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            var offset = 0L;
            foreach (var (name, tensor, type) in entries)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", type.Name);
                Numbers(json, "shape", tensor.shape);
                Numbers(json, "data_offsets", [offset, offset += tensor.numel() * type.Size]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
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
