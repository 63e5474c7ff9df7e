namespace UAmtfl.Hosting;

/// <summary>A log that a run can do without: where it cannot be opened or written, on a full disk for one, its lines are dropped. A log
/// that exists is gone on with.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly StreamWriter? writer;
    private readonly Lock gate = new();
    private bool closed;

    /// <summary>Opens the file.</summary>
    public LogFile(string path)
    {
        Path = path;
        try
        {
            writer = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            closed = true;
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Adds a line.</summary>
    public void Write(string? line)
    {
        lock (gate)
        {
            if (line is null || closed)
            {
                return;
            }

            try
            {
                writer!.WriteLine(line);
            }
            catch (IOException)
            {
                closed = true;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            try
            {
                writer?.Dispose();
            }
            catch (IOException)
            {
                // The rest of a log on a full disk.
            }
        }
    }
}
