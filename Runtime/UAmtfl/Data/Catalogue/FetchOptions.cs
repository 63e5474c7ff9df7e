namespace UAmtfl.Data;

/// <summary>How patient fetching is.</summary>
internal sealed record FetchOptions
{
    /// <summary>How long a source may send nothing.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a source is asked for a file; each time goes on where the last one ended.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>How long to wait after the first failure; after the second twice as long, and so on.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to look whether another process has finished.</summary>
    public TimeSpan LockInterval { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>Is told how fetching goes.</summary>
internal interface IFetchObserver
{
    /// <summary>A file is begun.</summary>
    void Started(CatalogueEntry entry, CatalogueFile file);

    /// <summary>So many of its bytes are there.</summary>
    void Advanced(CatalogueFile file, long bytes);

    /// <summary>It is there, whole and checked.</summary>
    void Finished(CatalogueEntry entry, CatalogueFile file, string source);

    /// <summary>Something worth a line.</summary>
    void Note(string line);
}
