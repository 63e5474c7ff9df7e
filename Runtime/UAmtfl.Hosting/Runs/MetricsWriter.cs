using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using UAmtfl.Files;
using UAmtfl.Tasks;
using UAmtfl.Training;

namespace UAmtfl.Hosting;

/// <summary>Writes <c>metrics.jsonl</c> line by line.</summary>
internal sealed class MetricsWriter : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;
    private readonly SafeFileHandle handle;
    private readonly TaskSet tasks;
    private readonly long kept;
    private bool whole = true;

    /// <summary>Creates the file under a temporary name, or opens that of an earlier process.</summary>
    /// <param name="path">The final path.</param>
    /// <param name="tasks">The experiment's tasks.</param>
    /// <param name="kept">The number of bytes of an earlier process that are kept; the rest is cut off.</param>
    /// <exception cref="IOException">The file has fewer bytes, or cannot be written.</exception>
    public MetricsWriter(string path, TaskSet tasks, long kept = 0)
    {
        (this.path, this.tasks, this.kept) = (path, tasks, kept);
        var temporary = path + WholeFile.Unfinished;
        if (kept > 0 && !File.Exists(temporary) && File.Exists(path))
        {
            // The process died after the metrics were complete, before the result was.
            File.Move(path, temporary);
        }

        stream = new(temporary, kept > 0 ? FileMode.Open : FileMode.Create, FileAccess.ReadWrite, FileShare.Read);

        // Asking the stream for its handle also flushes it, which must not happen on another thread than the one that writes.
        handle = stream.SafeFileHandle;
        if (kept == 0)
        {
            return;
        }

        if (stream.Length < kept)
        {
            var length = stream.Length;
            stream.Dispose();
            throw new IOException($"the checkpoint counts on {kept} bytes of {temporary}, which has {length}");
        }

        stream.SetLength(kept);
        stream.Position = kept;
    }

    /// <summary>The number of bytes that were written or kept.</summary>
    public long Length => stream.Position;

    /// <summary>Reads the records of an earlier process.</summary>
    /// <exception cref="InvalidDataException">A line is damaged.</exception>
    public IReadOnlyList<EpochRecord> Kept()
    {
        var bytes = new byte[kept];
        if (RandomAccess.Read(handle, bytes, 0) < kept)
        {
            throw new InvalidDataException($"{path} is shorter than it was");
        }

        using var lines = new StreamReader(new MemoryStream(bytes));
        var records = new List<EpochRecord>();
        while (lines.ReadLine() is { } line)
        {
            try
            {
                records.Add(JsonSerializer.Deserialize(line, RunJson.Line.StoredEpoch)!.ToRecord(tasks));
            }
            catch (Exception e) when (e is JsonException or NullReferenceException)
            {
                throw new InvalidDataException($"line {records.Count + 1} of {path} is damaged", e);
            }
        }

        return records;
    }

    /// <summary>Appends the line of an epoch.</summary>
    /// <exception cref="UAmtflException">The file cannot be written.</exception>
    public void Write(EpochRecord epoch) => RunFolder.Guarded(path, () =>
    {
        whole = false;
        JsonSerializer.Serialize(stream, StoredEpoch.Of(epoch, tasks), RunJson.Line.StoredEpoch);
        stream.WriteByte((byte)'\n');
        stream.Flush();
        return whole = true;
    });

    /// <summary>Waits until the lines so far are on the disk; another thread may write on meanwhile.</summary>
    public void FlushToDisk() => RandomAccess.FlushToDisk(handle);

    /// <summary>Gives the file its final name.</summary>
    /// <exception cref="UAmtflException">The file cannot be written.</exception>
    public void Complete() => RunFolder.Guarded(path, () =>
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(path + WholeFile.Unfinished, path, overwrite: true);
        return true;
    });

    /// <summary>Closes the file. The file of a failed training keeps its epochs, unless it ends in an incomplete line; then it is
    /// deleted.</summary>
    public void Dispose()
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
            // The rest of a line cannot be written, for example on a full disk.
            whole = false;
        }

        if (!whole)
        {
            WholeFile.Discard(path + WholeFile.Unfinished);
        }
    }
}
