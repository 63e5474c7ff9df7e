namespace UAmtfl.Data;

/// <summary>How long and how often a source is asked for a file before fetching fails.</summary>
internal sealed record FetchOptions
{
    /// <summary>How long a source may send nothing before it counts as failed.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a source is asked for a file; each attempt goes on where the last one ended.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long to wait after the first failed attempt; after each further one the wait is twice as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait before looking again whether another process has finished fetching.</summary>
    public TimeSpan LockInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>Receives the progress of fetching.</summary>
internal interface IFetchObserver
{
    /// <summary>Called when the fetching of a file begins.</summary>
    void Started(CatalogueEntry entry, CatalogueFile file);

    /// <summary>Called when more bytes of a file have come.</summary>
    void Advanced(CatalogueFile file, long bytes);

    /// <summary>Called when a file has come whole and is checked.</summary>
    void Finished(CatalogueEntry entry, CatalogueFile file, string source);

    /// <summary>Called with a message for the user.</summary>
    void Note(string line);
}
