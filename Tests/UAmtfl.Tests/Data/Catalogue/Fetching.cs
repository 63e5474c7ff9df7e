using System.Security.Cryptography;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Fetches a data set of one file into a cache of its own, and records the messages of the fetching.</summary>
internal sealed class Fetching : IDisposable, IFetchObserver
{
    /// <summary>The content of the file, larger than a buffer, so that it arrives in several pieces.</summary>
    public static byte[] Content { get; } = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 % 251))];

    public TemporaryFolder Folder { get; } = new();

    public DataCache Cache => new(Folder.File("cache"));

    public List<string> Notes { get; } = [];

    public List<string> Sources { get; } = [];

    public FetchOptions Options { get; init; } = new()
    {
        Stall = TimeSpan.FromSeconds(20), Attempts = 3, Pause = TimeSpan.Zero, LockInterval = TimeSpan.FromMilliseconds(5),
    };

    /// <summary>Called with each message.</summary>
    public Action<string> Noted { get; init; } = _ => { };

    /// <summary>Called with the number of bytes that have arrived so far.</summary>
    public Action<long> Came { get; init; } = _ => { };

    public string Path => System.IO.Path.Combine(Cache.Root, "toy", "toy.bin");

    public string Part => Path + ".part";

    public static CatalogueEntry Entry(string? url, params CatalogueFile[] more) => new()
    {
        Name = "toy",
        Title = "A toy",
        Files = [File("toy.bin", Content, url), .. more],
        Origin = "made by the test",
        Licence = "none",
        Citation = "nobody",
        HomePage = "https://example.org/toy",
    };

    public static CatalogueFile File(string name, byte[] content, string? url = null) =>
        new(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), url);

    public async Task<string> GetAsync(
        CatalogueEntry entry, Mirror? mirror = null, DataCache? cache = null, CancellationToken cancellation = default)
    {
        // Without a proxy, even if the machine has one, because the server is on this machine.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        return await new DataFetcher(cache ?? Cache, mirror, client, Options, this).GetAsync(entry, cancellation);
    }

    /// <summary>Writes the beginning of the file, as an interrupted download leaves it.</summary>
    public void LeavePart(byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Part)!);
        System.IO.File.WriteAllBytes(Part, bytes);
    }

    public void AssertWhole()
    {
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Path));
        Assert.False(System.IO.File.Exists(Part));
    }

    public void Dispose() => Folder.Dispose();

    public void Started(CatalogueEntry entry, CatalogueFile file)
    {
    }

    public void Advanced(CatalogueFile file, long bytes) => Came(bytes);

    public void Finished(CatalogueEntry entry, CatalogueFile file, string source) => Sources.Add(source);

    public void Note(string line)
    {
        Notes.Add(line);
        Noted(line);
    }
}
