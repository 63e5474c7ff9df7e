using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, "a.npy")]
    [InlineData(2, "a.npy")]
    [InlineData(3, "a.npy.gz")]
    public void AMatrixIsRead(byte version, string name)
    {
        var array = NpyFile.Read(folder.Write(name, Npy<float>("<f4", "2, 3", [1, 2, 3, 4, 5, 6.5f], version: version)), rank: 2);
        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(typeof(float), array.ElementType);
        Assert.Equal([1, 2, 3, 4, 5, 6.5f], array.Elements<float>());
    }

    [Fact]
    public void EveryTypeIsRead()
    {
        Assert.Equal([1L << 40, -2], Read<long>("<i8", [1L << 40, -2]).Elements<long>());
        Assert.Equal([7, -8], Read<int>("<i4", [7, -8]).Floats());
        Assert.Equal([-1f, 2], Read<sbyte>("|i1", [-1, 2]).Floats());
        Assert.Equal([200f, 3], Read<byte>("|u1", [200, 3]).Floats());
        Assert.Equal([1f, 0], Read<bool>("|b1", [true, false]).Floats());
        Assert.Equal([0.1f, 2], Read<double>("<f8", [0.1, 2]).Floats());
        Assert.Equal([1f, 2], Read<long>("<i8", [1, 2]).Floats());
        Assert.Equal([0.5f, 2], Read<float>("<f4", [0.5f, 2]).Floats());
    }

    [Fact]
    public void FortranOrderIsTurned()
    {
        // The elements of numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)) in memory, where the first index changes fastest.
        int[] stored =
        [
            ..
                from k in Enumerable.Range(0, 4)
                from j in Enumerable.Range(0, 3)
                from i in Enumerable.Range(0, 2)
                select (i * 12) + (j * 4) + k,
        ];
        var array = NpyFile.Read(folder.Write("f.npy", Npy<int>("<i4", "2, 3, 4", stored, fortran: true)));
        Assert.Equal(Enumerable.Range(0, 24), array.Elements<int>());
        Assert.Equal([5, 6], NpyFile.Read(folder.Write("v.npy", Npy<int>("<i4", "2,", [5, 6], fortran: true))).Elements<int>());
    }

    [Fact]
    public void BitsAreInNumPySOrder() =>
        Assert.Equal([1f, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0], Read<byte>("|u1", [0x81, 0x40]).Bits());

    [Fact]
    public void ASingleNumberAndAnEmptyArrayAreArrays()
    {
        Assert.Equal([4.5], NpyFile.Read(folder.Write("s.npy", Npy<double>("<f8", "", [4.5]))).Elements<double>());
        Assert.Empty(NpyFile.Read(folder.Write("e.npy", Npy<float>("<f4", "0, 5", []))).Floats());
    }

    [Theory]
    [InlineData(">f4", "2,", "elements of type >f4, expected one of |b1, |u1, |i1, <i4, <i8, <f4, <f8: convert the array with astype")]
    [InlineData("<f4", "3,", "3 elements take 12 bytes after the header, found 8: the file is truncated; fetch it again")]
    [InlineData("<f4", "1,", "1 elements take 4 bytes after the header, found 8: other bytes follow; fetch it again")]
    [InlineData("<f4", "-2,", "dimension 1 is '-2', expected a whole number below 2^31: the header is damaged; fetch the file again")]
    [InlineData("<f4", "1, 2", "2 dimensions, expected 1: give the array that belongs under this name")]
    [InlineData("<f4", "2000000000, 2000000000", "2 dimensions, expected 1: give the array that belongs under this name")]
    [InlineData("<f4'), ('b', '<i4", "2,", "elements of type <f4, expected")]
    public void AWrongHeaderIsRefused(string descr, string shape, string message)
    {
        var content = Npy<float>(descr, shape, [1, 2]);
        if (descr.Contains('('))
        {
            content =
            [
                .. Encoding.Latin1.GetBytes(
                    Encoding.Latin1.GetString(content).Replace("'descr': '", "'descr': [('a', '", StringComparison.Ordinal)),
            ];
            message = "the header says nothing that can be read of descr, fortran_order or shape (a structured type?): save a plain array";
        }

        var path = folder.Write("w.npy", content);
        Assert.Equal($"{path}: {message}", Refused(path, rank: 1));
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        Assert.EndsWith(
            "not an array of NumPy, which starts with the bytes 93 4E (found 50 4B): give an .npy file",
            Refused(folder.Write("z.npy", "PK34"u8.ToArray())));
        Assert.EndsWith(
            "version 9 of the format, expected 1, 2 or 3: save it with a current NumPy",
            Refused(folder.Write("v.npy", Npy<float>("<f4", "1,", [1], version: 9))));
        foreach (var length in new[] { 6, 7, 9, 11, 60 })
        {
            Assert.EndsWith(
                $"the header goes beyond the end, at {length} bytes: the file is truncated; fetch it again",
                Refused(folder.Write("t.npy", Npy<float>("<f4", "1,", [1])[..length])));
        }

        var array = Read<float>("<f4", [1, 2]);
        Assert.Equal(
            $"{array.Source}: elements of type Single, expected Byte: give the array of that type",
            Assert.Throws<DataException>(array.Bits).Message);
    }

    [Fact]
    public void MoreElementsThanThereCanBeAreRefused() =>
        Assert.EndsWith(
            "the file is truncated; fetch it again",
            Refused(folder.Write("h.npy", Npy<float>("<f4", "2000000000, 2000000000, 2000000000", [1]))));

    private NpyFile Read<T>(string descr, T[] elements)
        where T : unmanaged => NpyFile.Read(folder.Write("r.npy", Npy(descr, $"{elements.Length},", elements)));

    private static string Refused(string path, int? rank = null) => Assert.Throws<DataException>(() => NpyFile.Read(path, rank)).Message;

    private static byte[] Npy<T>(string descr, string shape, T[] elements, bool fortran = false, byte version = 1)
        where T : unmanaged
    {
        var header = Encoding.UTF8.GetBytes(
            $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}\n");
        var length = new byte[version == 1 ? 2 : 4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. header, .. MemoryMarshal.AsBytes<T>(elements)];
    }
}
