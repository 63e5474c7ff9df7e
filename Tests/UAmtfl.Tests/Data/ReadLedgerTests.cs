using System.Security.Cryptography;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>The files that a data set reads while loading are recorded, and must be the files of the catalogue and of the run.</summary>
public sealed class ReadLedgerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void FilesAreRecordedOnceWithTheirHashOnWhateverThread()
    {
        var (a, b) = (folder.WriteRaw("a", [1]), folder.Write("b.gz", [2, 3]));
        var ledger = new ReadLedger(null, []);
        ledger.Record(() => Parallel.For(0, 8, i => DataFile.Read(i % 2 == 0 ? a : b)));
        DataFile.Read(folder.WriteRaw("outside", [9]));
        Assert.Equal([new(a, 1, Hash([1])), new(b, new FileInfo(b).Length, Hash(File.ReadAllBytes(b)))], ledger.Files);
    }

    [Fact]
    public void AFileThatChangesDuringARunIsRefused()
    {
        var path = folder.WriteRaw("a", [1]);
        var first = new ReadLedger(null, []);
        first.Record(() => DataFile.Read(path));
        var again = new ReadLedger(null, first.Files);
        again.Record(() => DataFile.Read(path));
        Assert.Equal(first.Files, again.Files);
        folder.WriteRaw("a", [2]);
        var message = $"{path}: it changed during the run, to SHA-256 {Hash([2])} from {Hash([1])}: put the file back, or start a new run";
        foreach (var ledger in new[] { again, new ReadLedger(null, first.Files) })
        {
            Assert.Equal(message, Assert.Throws<DataException>(() => ledger.Record(() => DataFile.Read(path))).Message);
        }
    }

    [Fact]
    public void AFileOfTheCatalogueHasItsHashAndItsSize()
    {
        byte[] content = [.. Enumerable.Repeat((byte)7, 1000)];
        var packed = TemporaryFolder.Gzip(content);
        var gzip = Fetching.File("c.gz", packed) with { Unpacked = new(content.Length, Hash(content)) };
        var entry = Fetching.Entry(null) with { Files = [Fetching.File("a", [1, 2]), gzip] };
        Assert.Equal([1, 2], Read("a", [1, 2]));
        Assert.Equal(content, Read("c.gz", packed));
        Assert.Equal(content, Read("c", content));
        Assert.Equal([3], Read("unknown", [3]));
        Assert.Contains(
            $"SHA-256 {Hash([1, 3])}, expected {Hash([1, 2])}: it is damaged or another version; 'data check toy' says " +
            "more", Refused("a", [1, 3]));
        Assert.Contains("3 bytes, expected at most 2", Refused("a", [1, 2, 3]));
        Assert.Contains("expected", Refused("c.gz", TemporaryFolder.Gzip([.. content[1..], 8])));
        Assert.Contains("more than 1000 unpacked bytes", Refused("c.gz", TemporaryFolder.Gzip(new byte[100_000])));

        // A data set that users obtain themselves may be another version than the catalogue's.
        entry = entry with { OnRequest = true };
        Assert.Equal([1, 3], Read("a", [1, 3]));

        byte[] Read(string name, byte[] bytes) => new ReadLedger(entry, []).Record(() => DataFile.Read(folder.WriteRaw(name, bytes)));
        string Refused(string name, byte[] bytes) => Assert.Throws<DataException>(() => Read(name, bytes)).Message;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
