using System.Security.Cryptography;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>The folders in which the files of a data set are looked for, and which files are accepted.</summary>
public sealed class DataFolderTests : IDisposable
{
    private static readonly byte[] A = [1, 2, 3], B = [4, 5];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private DataCache Cache => new(folder.File("cache"));

    private CatalogueEntry Entry =>
        Fetching.Entry(null) with
        {
            Files = [Fetching.File("a.bin", A), Fetching.File("b.bin", B)],
            ShippedFolder = folder.File("shipped"),
        };

    [Fact]
    public void TheOrderIsTheGivenFolderItsSubfolderWhatShipsTheCache()
    {
        Assert.Null(DataFolder.Find(Entry, null, Cache));
        foreach (var (place, given) in new[] { ("cache/toy", null), ("shipped", null), ("given/toy", "given"), ("given", "given") })
        {
            // A folder given with --data must have the files: without them it is refused instead of looking elsewhere.
            Assert.Contains(
                "given with --data, has no file of the data set " +
                "toy", Assert.Throws<DataException>(() => DataFolder.Find(Entry, folder.File("given2"), Cache)).Message);
            Put(place);
            Assert.Equal(folder.File(place), DataFolder.Find(Entry, given is null ? null : folder.File(given), Cache));
        }

        Assert.Equal(folder.File("shipped"), DataFolder.Find(Entry, null, Cache));
    }

    [Theory]
    [InlineData("given")]
    [InlineData("given/toy")]
    [InlineData("shipped")]
    public void AFolderWithSomeOfTheFilesIsNotPassedOver(string place)
    {
        Put("cache/toy");
        Put(place);
        File.Delete(folder.File(place + "/b.bin"));
        Assert.Equal($"{folder.File(place + "/b.bin")}: is not there; 'data check toy' says more", Fault());

        folder.Write(place + "/b.bin", A);
        Assert.Equal(
            $"{folder.File(place + "/b.bin")}: 3 bytes, expected 2: it is damaged or another version; 'data check toy' says more",
            Fault());

        string Fault() => Assert.Throws<DataException>(
            () => DataFolder.Find(Entry, place == "shipped" ? null : folder.File("given"), Cache)).Message;
    }

    [Fact]
    public void ACacheWithSomeOfTheFilesIsForFetchingTheRest()
    {
        Put("cache/toy");
        File.Delete(folder.File("cache/toy/b.bin"));
        Assert.Null(DataFolder.Find(Entry, null, Cache));
    }

    [Fact]
    public void LocateFindsWhatTheRequestNamesOrSaysWhereItLooked()
    {
        var entry = Entry with { Name = "none-has-it" };
        var missing = Assert.Throws<DataException>(() => DataFolder.Locate(entry, new(null, 1)));
        Assert.Equal(
            $"the data set none-has-it is not in {folder.File("shipped")}, nor in {DataCache.Default.Folder(entry)}: fetch it with " +
                "'data get none-has-it', or name the folder that has it with --data",
            missing.Message);
        Put("given/none-has-it");
        Assert.Equal(folder.File("given/none-has-it"), DataFolder.Locate(entry, new(folder.File("given"), 1)));
        Assert.Equal(folder.File("given/none-has-it"), DataFolder.Within(entry, folder.File("given")));
        Assert.Equal(folder.File("shipped"), DataFolder.Within(entry, folder.File("shipped")));
    }

    [Fact]
    public void TheHashTellsFilesOfTheSameSizeApart()
    {
        var path = folder.WriteRaw("a.bin", [1, 2, 4]);
        var file = Entry.Files[0];
        Assert.Null(FileCheck.Size(path, file));
        Assert.Equal(
            $"{path}: SHA-256 {Convert.ToHexStringLower(SHA256.HashData([1, 2, 4]))}, expected {file.Sha256}: "
                + "it is damaged or another version",
            FileCheck.Hash(path, file));
        folder.WriteRaw("a.bin", A);
        Assert.Null(FileCheck.Hash(path, file));
    }

    [Fact]
    public void ACopyThatIsUnpackedOrPackedOtherwiseIsAsGoodWhereItsContentIsKnown()
    {
        byte[] content = [.. Enumerable.Repeat((byte)7, 1000)];
        var file = Fetching.File("c.gz", TemporaryFolder.Gzip(content)) with
        {
            Unpacked = new(content.Length, Convert.ToHexStringLower(SHA256.HashData(content))),
        };
        Assert.Null(FileCheck.Find(folder.Path, file));
        Assert.Equal(folder.Write("c", content), FileCheck.Find(folder.Path, file));
        Assert.Null(FileCheck.Find(folder.Path, file with { Unpacked = null }));

        // A gzip without compression has other bytes but the same content.
        var stored = folder.WriteRaw("c.gz", Stored(content));
        Assert.Equal(stored, FileCheck.Find(folder.Path, file));
        foreach (var path in new[] { stored, folder.File("c") })
        {
            Assert.Null(FileCheck.Size(path, file));
            Assert.Null(FileCheck.Hash(path, file));
        }

        content[500]++;
        folder.WriteRaw("c.gz", Stored(content));
        Assert.Null(FileCheck.Size(stored, file));
        Assert.Contains("its content has SHA-256", FileCheck.Hash(stored, file));
        Assert.Contains("expected", FileCheck.Size(folder.WriteRaw("c.gz", Stored(content[1..])), file));
        Assert.Contains("999 bytes, expected 1000", FileCheck.Size(folder.Write("c", content[1..]), file));
    }

    [Fact]
    public void TheCacheIsWhereTheVariablesSay()
    {
        Dictionary<string, string> variables = [];
        var home = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        Assert.Equal(Path.Combine(home, "uamtfl"), Base());
        variables["XDG_CACHE_HOME"] = "relative";
        Assert.Equal(Path.Combine(home, "uamtfl"), Base());
        variables["XDG_CACHE_HOME"] = folder.Path;
        Assert.Equal(folder.File("uamtfl"), Base());
        variables["UAMTFL_CACHE"] = folder.File("own");
        Assert.Equal(folder.File("own"), Base());

        string Base() => DataCache.Base(variables.GetValueOrDefault);
    }

    private static byte[] Stored(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.NoCompression))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private void Put(string place)
    {
        Directory.CreateDirectory(folder.File(place));
        folder.Write(place + "/a.bin", A);
        folder.Write(place + "/b.bin", B);
    }
}
