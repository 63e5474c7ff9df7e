using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace UAmtfl.Files;

/// <summary>Writes and reads named tensors in the safetensors format (huggingface.co/docs/safetensors): the length of a JSON header as 8
/// bytes, the header, which gives the type, the shape and the place of each tensor, and then the numbers, row by row and little-endian.
/// Python reads such a file with <c>safetensors.torch.load_file</c>.</summary>
internal static partial class Safetensors
{
    /// <summary>The name that the format keeps for the strings that describe a file.</summary>
    public const string MetadataName = "__metadata__";

    private const int LengthBytes = sizeof(ulong);
    private const int Alignment = 8;
    private const long MostAtOnce = 1 << 26;

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
}
