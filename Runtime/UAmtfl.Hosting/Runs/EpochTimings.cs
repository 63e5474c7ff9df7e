using System.Diagnostics;
using System.Text.Json;
using TorchSharp;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>A line of <c>timing.jsonl</c>.</summary>
/// <param name="Point">The point of the grid, 0, 1, …; null without a search.</param>
/// <param name="Epoch">The number of the epoch, 1, 2, …</param>
/// <param name="Seconds">The seconds since the epoch before, or since the cell was begun or continued.</param>
/// <param name="LiveTensors">The number of tensors that exist in the process when the epoch has ended.</param>
internal sealed record EpochTiming(int? Point, int Epoch, double Seconds, long LiveTensors);

/// <summary>Writes <c>timing.jsonl</c>, which has for each epoch what differs between two equal runs. It is a file of its own, so that
/// those runs have equal metrics.</summary>
internal sealed class EpochTimings : IDisposable
{
    private readonly StreamWriter writer;
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <summary>Creates the file, or keeps the lines of the epochs of an earlier process that are not trained again.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="kept">The epochs that are kept.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public EpochTimings(string path, IReadOnlyList<EpochRecord> kept)
    {
        var known = kept.Select(e => (e.Point, e.Epoch)).ToHashSet();
        string[] lines =
        [
            .. (known.Count > 0 && File.Exists(path) ? File.ReadAllLines(path) : [])
                .Where(line => Read(line) is { } timing && known.Contains((timing.Point, timing.Epoch))),
        ];
        writer = new(path, append: false) { AutoFlush = true };
        foreach (var line in lines)
        {
            writer.WriteLine(line);
        }
    }

    /// <summary>Returns the median seconds of the epochs in a file, the upper one of two; NaN without a file or an epoch.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static double Median(string path)
    {
        double[] seconds = [.. All(path).Select(t => t.Seconds).Order()];
        return seconds.Length == 0 ? double.NaN : seconds[seconds.Length / 2];
    }

    /// <summary>Returns the lines of a file, without an incomplete last one; none without a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<EpochTiming> All(string path) =>
        (File.Exists(path) ? File.ReadAllLines(path) : []).Select(Read).OfType<EpochTiming>();

    /// <summary>Appends the line of an epoch.</summary>
    public void Write(EpochRecord epoch)
    {
        var timing = new EpochTiming(epoch.Point, epoch.Epoch, watch.Elapsed.TotalSeconds, torch.Tensor.TotalCount);
        watch.Restart();
        writer.WriteLine(JsonSerializer.Serialize(timing, RunJson.Line.EpochTiming));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // The last line cannot be written, which has ended the training.
        }
    }

    /// <summary>Reads a line; null if the process died while it wrote it.</summary>
    private static EpochTiming? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, RunJson.Line.EpochTiming);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
