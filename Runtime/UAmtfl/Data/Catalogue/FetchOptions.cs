namespace UAmtfl.Data;

/// <summary>The time limits and the number of attempts with which a file is fetched.</summary>
internal sealed record FetchOptions
{
    /// <summary>The time in which a source may send nothing before it counts as failed.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of attempts for a file with one source. Each attempt continues where the last one ended.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The waiting time after the first failed attempt. It doubles after each further one.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The time between two checks whether another process has finished fetching.</summary>
    public TimeSpan LockInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>Receives the progress of fetching.</summary>
internal interface IFetchObserver
{
    /// <summary>Called before a file is fetched.</summary>
    void Started(CatalogueEntry entry, CatalogueFile file);

    /// <summary>Called after more bytes of a file have arrived.</summary>
    void Advanced(CatalogueFile file, long bytes);

    /// <summary>Called after a file has arrived completely and is checked.</summary>
    void Finished(CatalogueEntry entry, CatalogueFile file, string source);

    /// <summary>Called with a message for the user.</summary>
    void Note(string line);
}
