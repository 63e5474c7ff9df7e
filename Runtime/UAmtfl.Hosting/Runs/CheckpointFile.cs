using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using UAmtfl.Cells;
using UAmtfl.Files;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Says which training a checkpoint is of, and how far it is.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Point">The point of the grid; null without a search.</param>
/// <param name="Hyper">The values of the hyper-parameters, as text.</param>
/// <param name="MetricsBytes">The length of the file of metrics after the epoch.</param>
/// <param name="Summary">What the epochs add up to.</param>
internal sealed record CheckpointHeader(Cell Cell, int? Point, string Hyper, long MetricsBytes, TrainingSummary Summary)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Returns the header as the strings of a safetensors file.</summary>
    public Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["variant"] = Cell.Variant,
            ["seed"] = Cell.Seed.ToString(Invariant),
            ["hyper"] = Hyper,
            ["metricsBytes"] = MetricsBytes.ToString(Invariant),
            ["epochs"] = Summary.Epochs.ToString(Invariant),
            ["validationError"] = Summary.ValidationError.ToString("R", Invariant),
            ["seconds"] = Summary.Seconds.ToString("R", Invariant),
            ["bestEpochs"] = string.Join(' ', Summary.Best.Select(b => b.Epoch.ToString(Invariant))),
            ["bestErrors"] = string.Join(' ', Summary.Best.Select(b => b.Error.ToString("R", Invariant))),
        };
        if (Point is { } point)
        {
            metadata["point"] = point.ToString(Invariant);
        }

        if (Summary.Notice is { } notice)
        {
            metadata["notice"] = notice;
        }

        return metadata;
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">A value is missing or not a number.</exception>
    public static CheckpointHeader Of(IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return new(
                new(metadata["variant"], int.Parse(metadata["seed"], Invariant)),
                metadata.TryGetValue("point", out var point) ? int.Parse(point, Invariant) : null,
                metadata["hyper"],
                long.Parse(metadata["metricsBytes"], Invariant),
                new(
                    int.Parse(metadata["epochs"], Invariant),
                    double.Parse(metadata["validationError"], Invariant),
                    metadata.GetValueOrDefault("notice"),
                    double.Parse(metadata["seconds"], Invariant))
                {
                    Best =
                    [
                        .. Words("bestEpochs").Zip(
                            Words("bestErrors"),
                            (epoch, error) => new BestEpoch(int.Parse(epoch, Invariant), double.Parse(error, Invariant))),
                    ],
                });
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"its header is damaged ({e.Message})", e);
        }

        string[] Words(string key) => metadata[key].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

/// <summary>The file of a training's state: a mark with the number of the format, the SHA-256 hash of the rest, and the rest, which is a
/// safetensors file.</summary>
internal static class CheckpointFile
{
    private const string Mark = "UAMTFL-C";
    private const byte Format = 1;
    private const int MarkBytes = 9;

    /// <summary>Writes the file as a whole; an earlier one stays until then.</summary>
    /// <param name="path">The path.</param>
    /// <param name="header">The header.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, CheckpointHeader header, TrainingState state) => WholeFile.Write(path, stream =>
    {
        stream.Write(Encoding.ASCII.GetBytes(Mark));
        stream.WriteByte(Format);
        stream.Write(new byte[SHA256.HashSizeInBytes]);
        using var hashing = new HashingStream(stream);
        Safetensors.Write(hashing, state.Tensors, header.ToMetadata());
        stream.Position = MarkBytes;
        stream.Write(hashing.Hash());
    });

    /// <summary>Reads the file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The header, and the state, which the caller disposes of.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or another program's.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (CheckpointHeader Header, TrainingState State) Read(string path)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var stream = File.OpenRead(path);
        var start = new byte[MarkBytes + SHA256.HashSizeInBytes];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
        {
            throw new InvalidDataException($"it ends after {stream.Length} bytes");
        }

        if (Encoding.ASCII.GetString(start, 0, Mark.Length) != Mark)
        {
            throw new InvalidDataException("it is not a checkpoint of this program");
        }

        if (start[Mark.Length] != Format)
        {
            throw new InvalidDataException($"it has format {start[Mark.Length]}, and this program reads {Format}");
        }

        if (!SHA256.HashData(stream).AsSpan().SequenceEqual(start.AsSpan(MarkBytes)))
        {
            throw new InvalidDataException("its contents do not have the hash that it gives, so that a part is missing or changed");
        }

        stream.Position = start.Length;
        var (tensors, metadata) = Safetensors.Read(stream);
        var header = CheckpointHeader.Of(metadata);
        return (header, new(header.Summary.Epochs, tensors.ToDictionary(t => t.Key, t => t.Value.DetachFromDisposeScope())));
    }
}
