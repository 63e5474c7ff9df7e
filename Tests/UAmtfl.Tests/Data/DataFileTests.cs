using System.IO.Compression;
using System.Runtime.InteropServices;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Reading data files that are unusual or wrong: gzips of several members, links, too large files, pipes, folders.</summary>
public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A gzip of several members is read whole, wherever the end of a member falls in the reader's buffers.</summary>
    [Fact]
    public void AGzipOfSeveralMembersIsReadWhole()
    {
        var random = new Random(5);
        foreach (var length in new[] { 1, 100, 8150, 8160, 8168, 8170, 8171, 8172, 8173, 8174, 8175, 8176, 8180, 8190, 8192, 20_000 })
        {
            var first = new byte[length];
            random.NextBytes(first);
            byte[] second = [.. Enumerable.Repeat((byte)65, length)];
            var (one, other) = (TemporaryFolder.Gzip(first), TemporaryFolder.Gzip(second));
            var path = folder.WriteRaw("m.gz", [.. one, .. other, .. one]);
            Assert.Equal([.. first, .. second, .. first], DataFile.Read(path));
        }
    }

    /// <summary>A file of bgzip has members with an extra field, and an empty member at the end.</summary>
    [Fact]
    public void AFileOfBgzipIsRead()
    {
        byte[] end = [0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0xFF, 6, 0, 0x42, 0x43, 2, 0, 0x1B, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] block = [.. end[..10], .. TemporaryFolder.Gzip("x,y\n1,2\n"u8.ToArray())[10..]];
        block[3] = 0;
        var path = folder.WriteRaw("b.csv.gz", [.. block, .. block, .. end]);
        Assert.Equal("x,y\n1,2\nx,y\n1,2\n"u8.ToArray(), DataFile.Read(path));
        Assert.Contains("the file is truncated", Refused(() => DataFile.Read(folder.WriteRaw("c.csv.gz", [.. block, .. block[..^3]]))));
        Assert.Contains("other bytes follow", Refused(() => DataFile.Read(folder.WriteRaw("d.csv.gz", [.. block, .. end, 1, 2, 3]))));
    }

    /// <summary>A gzip of 200 kilobytes that unpacks to 200 megabytes is refused before it is unpacked, in no more memory than
    /// allowed.</summary>
    [Fact]
    public void AGzipThatUnpacksToTooMuchIsRefusedInBoundedMemory()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
            {
                gzip.Write(block);
            }
        }

        var bytes = packed.ToArray();
        foreach (var promised in new byte[][] { [.. bytes], [.. bytes[..^4], 1, 0, 0, 0], [.. bytes[..^4], 0xFF, 0xFF, 0xFF, 0xFF] })
        {
            var path = folder.WriteRaw("bomb.gz", promised);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("more than 10000000 unpacked bytes, expected at most " +
                "10000000", Refused(() => DataFile.Read(path, limit: 10_000_000)));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40_000_000);
        }

        Assert.Equal(200 << 20, DataFile.Read(folder.WriteRaw("bomb.gz", bytes)).Length);
        Assert.Contains("expected at most 5", Refused(() => DataFile.Read(folder.WriteRaw("plain", new byte[6]), limit: 5)));
    }

    [Fact]
    public void ACompressedVariableOfMATLABIsBoundedToo()
    {
        var header = new byte[128];
        (header[124], header[125], header[126], header[127]) = (0, 1, (byte)'I', (byte)'M');
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[30_000_000]);
        }

        var path = folder.WriteRaw("v.mat", [.. header, 15, 0, 0, 0, .. BitConverter.GetBytes((int)packed.Length), .. packed.ToArray()]);
        Assert.Contains("its compressed variables unpack to more than 1000000 bytes", Refused(() => MatFile.Read(path, limit: 1_000_000)));
    }

    [Fact]
    public void AFileBehindALinkIsTheFile()
    {
        folder.WriteRaw("real.bin", [1, 2, 3]);
        File.CreateSymbolicLink(folder.File("middle"), "real.bin");
        var link = File.CreateSymbolicLink(folder.File("toy.bin"), "middle").FullName;
        Assert.Equal([1, 2, 3], DataFile.Read(link));
        var file = Fetching.File("toy.bin", [1, 2, 3]);
        Assert.Null(FileCheck.Size(link, file));
        Assert.Null(FileCheck.Hash(link, file));
        File.Delete(folder.File("real.bin"));
        Assert.Contains("cannot be read", Refused(() => DataFile.Read(link)));
    }

    [Fact]
    public async Task PipesDevicesAndFoldersInThePlaceOfFilesAreRefusedAndDoNotHang()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(0, MakeFifo(folder.File("toy.bin"), 0x1B6));
        var reading = Task.Run(() => Refused(() => DataFile.Read(folder.File("toy.bin"))));
        Assert.Contains(
            "0 bytes, so it is an empty file, a pipe or a device: put the data file " +
            "there", await reading.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("a pipe or a device", Refused(() => DataFile.Read("/dev/zero")));
        Assert.Contains("cannot be read", Refused(() => DataFile.Read(folder.Path)));
        Assert.Contains("0 bytes, expected 3", FileCheck.Hash(folder.File("toy.bin"), Fetching.File("toy.bin", [1, 2, 3])));

        // Pipes are also refused on a mirror, and in the place of a download that was interrupted.
        using var fetching = new Fetching();
        Directory.CreateDirectory(fetching.Folder.File("mirror/toy"));
        MakeFifo(fetching.Folder.File("mirror/toy/toy.bin"), 0x1B6);
        var mirror = Mirror.Parse(fetching.Folder.File("mirror"));
        var error = await Assert.ThrowsAsync<DataException>(
            () => fetching.GetAsync(Fetching.Entry(null), mirror).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("a pipe or a device", error.Message);
        fetching.LeavePart([]);
        File.Delete(fetching.Part);
        MakeFifo(fetching.Part, 0x1B6);
        using var server = new LoopbackServer((asked, _) => Answer.Of(Fetching.Content, asked));
        await fetching.GetAsync(Fetching.Entry(server.Address + "toy.bin")).WaitAsync(TimeSpan.FromSeconds(20));
        fetching.AssertWhole();
    }

    private static string Refused(Func<object> read) => Assert.Throws<DataException>(read).Message;

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
