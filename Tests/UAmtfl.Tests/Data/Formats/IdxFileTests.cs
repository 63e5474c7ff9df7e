using UAmtfl.Data;
using UAmtfl.Numerics;
using static UAmtfl.Tests.Support.TemporaryFolder;

namespace UAmtfl.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a", new[] { 6 })]
    [InlineData("a.gz", new[] { 6 })]
    [InlineData("a", new[] { 1, 2, 3 })]
    [InlineData("a.gz", new[] { 3, 1, 2, 1 })]
    [InlineData("a.GZ", new[] { 2, 3 })]
    public void ReadsWhatWasWritten(string name, int[] shape)
    {
        byte[] elements = [0, 1, 127, 128, 254, 255];
        var content = Idx(elements, shape);
        var file = IdxFile.Read(folder.WriteRaw(name, name.ToLowerInvariant().EndsWith(".gz") ? Gzip(content) : content));

        Assert.Equal(shape, file.Shape);
        Assert.Equal(elements, file.Bytes.ToArray());
        Assert.Equal(folder.File(name), file.Source);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.gz")]
    public void ReadsNoElements(string name)
    {
        var file = IdxFile.Read(folder.Write(name, Idx([], 0, 28, 28)));

        Assert.Equal([0, 28, 28], file.Shape);
        Assert.True(file.Bytes.IsEmpty);
    }

    [Fact]
    public void FindsPlainBeforePacked()
    {
        folder.Write("a.gz", Idx([1], 1));
        Assert.Equal([1], IdxFile.Read(folder.Path, "a").Bytes.ToArray());
        folder.Write("a", Idx([2], 1));
        Assert.Equal([2], IdxFile.Read(folder.Path, "a").Bytes.ToArray());
    }

    [Fact]
    public void MissingFileNamesFileAndFolder()
        => Refused(
            () => IdxFile.Read(folder.Path, "a"),
            $"{folder.Path} has neither a nor a.gz: put the file there, or name the folder that has it with --data");

    [Fact]
    public void MissingFolderIsSaid()
        => Refused(() => IdxFile.Read(folder.File("no"), "a"), $"{folder.File("no")} is not a folder; a or a.gz should be in it: ");

    [Fact]
    public void MissingPathIsSaid() => Refused(() => IdxFile.Read(folder.File("a")), $"{folder.File("a")}: cannot be read (");

    /// <summary>A damaged file of 2 x 3 elements, in hexadecimal, is refused with the message that follows the path.</summary>
    [Theory]
    [InlineData("", "0 bytes, so it is an empty file, a pipe or a device: put the data file there")]
    [InlineData("89504E47", "not an IDX file, which starts with the bytes 00 00 (found 89 50): fetch it again")]
    [InlineData(
        "000108020000000200000003010203040506", "not an IDX file, which starts with the bytes 00 00 (found 00 01): fetch it again")]
    [InlineData("000008", "an IDX file has at least 4 bytes, found 3: the file is truncated; fetch it again")]
    [InlineData(
        "00000D020000000200000003010203040506",
        "elements of type 0x0D, expected 0x08 (unsigned byte): give an IDX file of unsigned bytes")]
    [InlineData("00000801000000050102030405", "1 dimensions, expected 2: give the IDX file that belongs under this name")]
    [InlineData("00000800", "0 dimensions, expected 2: give the IDX file that belongs under this name")]
    [InlineData("0000080200000002000000", "the header of 2 dimensions takes 12 bytes, found 11: the file is truncated; fetch it again")]
    [InlineData(
        "0000080200000002000000030102030405",
        "2 x 3 elements take 6 bytes after the header, found 5: the file is truncated; fetch it again")]
    [InlineData(
        "00000802000000020000000301020304050607",
        "2 x 3 elements take 6 bytes after the header, found 7: the last 1 do not belong to it; fetch it again")]
    [InlineData(
        "00000802FFFFFFFF00000003010203040506",
        "dimension 1 of 2 is 4294967295, which makes more than 2147483591 elements: the header is damaged; fetch the file again")]
    [InlineData(
        "000008020001000000010000010203040506",
        "dimension 2 of 2 is 65536, which makes more than 2147483591 elements: the header is damaged; fetch the file again")]
    public void DamageIsSaidPlainOrPacked(string hex, string said)
    {
        foreach (var name in new[] { "a", "a.gz" })
        {
            var path = folder.Write(name, Convert.FromHexString(hex));
            Refused(() => IdxFile.Read(path, rank: 2), $"{path}: {said}");
        }
    }

    [Fact]
    public void RankZeroIsRefusedWhereAnyRankIsTaken()
    {
        var path = folder.Write("a", [0, 0, 8, 0]);
        Refused(() => IdxFile.Read(path), $"{path}: 0 dimensions, expected at least 1: ");
    }

    [Fact]
    public void PlainFileUnderPackedNameIsSaid()
    {
        var path = folder.WriteRaw("a.gz", Idx([1], 1));
        Refused(
            () => IdxFile.Read(path), $"{path}: not a gzip, which starts with the bytes 1F 8B (found 00 00): fetch it again, or drop .gz");
    }

    [Fact]
    public void PackedFileUnderPlainNameIsSaid()
    {
        var path = folder.WriteRaw("a", Gzip(Idx([1], 1)));
        Refused(
            () => IdxFile.Read(path),
            $"{path}: not an IDX file, which starts with the bytes 00 00 (found 1F 8B): it is gzipped, so let its name end in .gz");
    }

    /// <summary>A gzip is refused wherever it is cut off, although GZipStream itself reports no error.</summary>
    [Fact]
    public void GzipCutAnywhereIsRefused()
    {
        var packed = Gzip(Idx(Noise(300), 300));
        for (var length = 1; length < packed.Length; length++)
        {
            var path = folder.WriteRaw("a.gz", packed[..length]);
            Refused(() => IdxFile.Read(path), $"{path}: ", length < 18 ? "gzip" : "the file is truncated");
        }
    }

    /// <summary>A gzip with one changed byte is refused or gives the same elements, because a few bits of its header mean
    /// nothing.</summary>
    [Fact]
    public void GzipWithAByteChangedNeverGivesOtherElements()
    {
        var elements = Noise(300);
        var packed = Gzip(Idx(elements, 300));
        var refused = 0;
        for (var at = 0; at < packed.Length; at++)
        {
            var damaged = packed.ToArray();
            damaged[at] ^= 0x10;
            var path = folder.WriteRaw("a.gz", damaged);
            try
            {
                Assert.Equal(elements, IdxFile.Read(path).Bytes.ToArray());
            }
            catch (DataException error)
            {
                Assert.StartsWith($"{path}: ", error.Message);
                refused++;
            }
        }
        Assert.True(refused > 300, $"{refused} of {packed.Length} refused");
    }

    [Fact]
    public void ChangedElementInGzipIsRefused()
    {
        var packed = Gzip(Idx(Noise(300), 300));
        packed[100] ^= 1;
        var path = folder.WriteRaw("a.gz", packed);
        Refused(() => IdxFile.Read(path), $"{path}: damaged gzip: ", "fetch it again");
    }

    [Fact]
    public void BytesAfterGzipAreRefused()
    {
        var path = folder.WriteRaw("a.gz", [.. Gzip(Idx([1, 2], 2)), 7, 7, 7, 7]);
        Refused(() => IdxFile.Read(path), $"{path}: the gzip unpacks to 10 bytes and does not end there: ");
    }

    private static byte[] Noise(int count)
    {
        var random = new SplitMix64(5);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)random.Below(256))];
    }

    private static void Refused(Action read, string start, string part = "")
    {
        var message = Assert.Throws<DataException>(read).Message;
        Assert.StartsWith(start, message);
        Assert.Contains(part, message);
        Assert.DoesNotContain('\n', message);
    }
}
