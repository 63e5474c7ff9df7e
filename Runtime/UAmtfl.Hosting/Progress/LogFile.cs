namespace UAmtfl.Hosting;

/// <summary>A log that is not essential to a run: if it cannot be opened or written, for example on a full disk, its lines are dropped.
/// Lines are appended to a log that exists.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly StreamWriter? writer;
    private readonly Lock gate = new();
    private bool closed;

    /// <summary>Opens the log, or creates it.</summary>
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

    /// <summary>The path of the log.</summary>
    public string Path { get; }

    /// <summary>Appends a line to the log.</summary>
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
                // The last lines cannot be written, for example on a full disk.
            }
        }
    }
}
