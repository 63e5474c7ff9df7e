using System.Buffers.Binary;
using System.Numerics;
using UAmtfl.Files;

namespace UAmtfl.Hosting;

/// <summary>Writes the numbers of a cell as an event file of TensorBoard: records of a length, a message and their checksums
/// (TensorFlow's record_writer.h), whose messages have the fields of event.proto and summary.proto.</summary>
internal static class TensorBoardFile
{
    /// <summary>The constant by which TensorFlow masks a checksum, because a checksum of data that contains checksums is weak.</summary>
    private const uint Mask = 0xa282ead8;

    /// <summary>Writes one event file for each cell, in a folder of its own, as TensorBoard's runs.</summary>
    /// <param name="folder">The folder for <c>tensorboard --logdir</c>.</param>
    /// <param name="cells">The cells.</param>
    /// <exception cref="UAmtflException">A file cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<CellHistory> cells)
    {
        foreach (CellHistory cell in cells)
        {
            var name = FormattableString.Invariant($"events.out.tfevents.{(long)Seconds(cell.Started)}.uamtfl");
            var path = Path.Combine(folder, cell.Cell.Name, name);
            RunFolder.Guarded(path, () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                WholeFile.Write(path, stream => Write(stream, cell));
                return true;
            });
        }
    }

    private static void Write(Stream stream, CellHistory cell)
    {
        Record(stream, new ProtobufMessage().Add(1, Seconds(cell.Started)).Add(3, "brain.Event:2"));
        foreach (var moment in cell.Scalars.GroupBy(s => (s.Step, s.Time)))
        {
            var summary = new ProtobufMessage().AddAll(
                moment, (m, scalar) => m.Add(1, new ProtobufMessage().Add(1, scalar.Tag).Add(2, (float)scalar.Value)));
            Record(stream, new ProtobufMessage().Add(1, Seconds(moment.Key.Time)).Add(2, (long)moment.Key.Step).Add(5, summary));
        }
    }

    private static void Record(Stream stream, ProtobufMessage message)
    {
        using var data = new MemoryStream();
        message.WriteTo(data);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        stream.Write(length);
        stream.Write(Checksum(length));
        stream.Write(data.ToArray());
        stream.Write(Checksum(data.ToArray()));
    }

    private static byte[] Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        var masked = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, BitOperations.RotateRight(~crc, 15) + Mask);
        return masked;
    }

    private static double Seconds(DateTime time) => (time - DateTime.UnixEpoch).TotalSeconds;
}
