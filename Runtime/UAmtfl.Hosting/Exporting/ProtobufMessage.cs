using System.Buffers.Binary;
using System.Text;

namespace UAmtfl.Hosting;

/// <summary>Builds a message in the wire format of Protocol Buffers: fields, each with its number and its type before its value
/// (https://protobuf.dev/programming-guides/encoding). Fields stand in the order in which they are added.</summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    private readonly List<ReadOnlyMemory<byte>> parts = [];

    /// <summary>The number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a whole number (int32, int64 or enum).</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The value; negative numbers take ten bytes.</param>
    public ProtobufMessage Add(int field, long value) => Tag(field, Varint).Number((ulong)value);

    /// <summary>Adds a float.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The value.</param>
    public ProtobufMessage Add(int field, float value)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Tag(field, Fixed32).Bytes(bytes);
    }

    /// <summary>Adds a double.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The value.</param>
    public ProtobufMessage Add(int field, double value)
    {
        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return Tag(field, Fixed64).Bytes(bytes);
    }

    /// <summary>Adds a text, in UTF-8.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The text.</param>
    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds bytes, which are not copied.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The bytes.</param>
    public ProtobufMessage Add(int field, byte[] value) => Tag(field, Delimited).Number((ulong)value.Length).Bytes(value);

    /// <summary>Adds a message.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The message, to which nothing may be added afterwards.</param>
    public ProtobufMessage Add(int field, ProtobufMessage value)
    {
        Tag(field, Delimited).Number((ulong)value.Length);
        parts.AddRange(value.parts);
        Length += value.Length;
        return this;
    }

    /// <summary>Adds a repeated field: for each item what <paramref name="add"/> adds.</summary>
    /// <param name="items">The items.</param>
    /// <param name="add">Adds one item to the message.</param>
    public ProtobufMessage AddAll<T>(IEnumerable<T> items, Action<ProtobufMessage, T> add)
    {
        foreach (var item in items)
        {
            add(this, item);
        }

        return this;
    }

    /// <summary>Writes the message.</summary>
    /// <param name="stream">Receives the bytes.</param>
    public void WriteTo(Stream stream)
    {
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            stream.Write(part.Span);
        }
    }

    private ProtobufMessage Tag(int field, int type) => Number(((ulong)field << 3) | (uint)type);

    /// <summary>Adds a number in groups of seven bits, the lowest first, with the highest bit set in each byte but the last.</summary>
    private ProtobufMessage Number(ulong value)
    {
        var bytes = new List<byte>(10);
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return Bytes([.. bytes]);
    }

    private ProtobufMessage Bytes(byte[] bytes)
    {
        parts.Add(bytes);
        Length += bytes.Length;
        return this;
    }
}
