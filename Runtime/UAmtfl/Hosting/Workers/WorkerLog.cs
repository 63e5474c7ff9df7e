namespace UAmtfl.Hosting;

/// <summary>What a worker writes beside its messages. A worker that replaces another goes on in the same file.</summary>
internal sealed class WorkerLog : IDisposable
{
    private readonly StreamWriter writer;
    private readonly Lock gate = new();
    private bool closed;

    /// <summary>Opens the file.</summary>
    public WorkerLog(string path)
    {
        Path = path;
        writer = new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Adds a line; a full disk must not stop the training for its log.</summary>
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
                writer.WriteLine(line);
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
                writer.Dispose();
            }
            catch (IOException)
            {
                // The rest of a log on a full disk.
            }
        }
    }
}
