using System.Text;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>Matrices in run folders are files of NumPy.</summary>
public sealed class NpyMatrixTests
{
    [Fact]
    public void AMatrixHasNumPySHeaderByteByByte()
    {
        using var stream = new MemoryStream();
        Npy.Write<float>(stream, [[1, float.NaN], [2, 3], [4, 5]]);
        var bytes = stream.ToArray();
        Assert.Equal([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0], bytes[..10]);
        Assert.Equal(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }".PadRight(117) + "\n", Encoding.ASCII.GetString(bytes[10..128]));
        Assert.Equal(128 + (6 * 4), bytes.Length);
        Assert.Equal([0, 0, 0x80, 0x3F], bytes[128..132]);

        stream.Position = 0;
        Assert.Equal([[1, float.NaN], [2, 3], [4, 5]], Npy.Read<float>(stream));
    }

    [Fact]
    public void AnEmptyMatrixIsAMatrix()
    {
        using var stream = new MemoryStream();
        Npy.Write<float>(stream, []);
        Assert.Equal(0, stream.Length % 64);
        stream.Position = 0;
        Assert.Empty(Npy.Read<float>(stream));
    }
}
