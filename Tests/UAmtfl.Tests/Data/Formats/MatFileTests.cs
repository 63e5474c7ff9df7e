using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

public sealed class MatFileTests : IDisposable
{
    private static readonly MatWriter Writer = new();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AMatrixIsReadInEitherOrderOfBytesPlainAndCompressed(bool bigEndian)
    {
        var writer = new MatWriter(bigEndian);
        var file = Read(writer.File(
            writer.Compressed(writer.Matrix("compressed", 6, 9, [2, 3], [1, 2, 3, 4, 5, 6.5])),
            writer.Matrix("plain", 6, 9, [2, 3], [1, 2, 3, 4, 5, 6.5]),
            writer.Compressed(writer.Matrix("small", 6, 2, [1, 3], [7, 8, 9]))));
        Assert.Equal(["compressed", "plain", "small"], file.Names);
        foreach (var name in new[] { "plain", "compressed" })
        {
            var matrix = file.Matrix(name);
            Assert.Equal((2, 3), (matrix.Rows, matrix.Columns));
            Assert.Equal((1, 2, 5, 6.5), (matrix[0, 0], matrix[1, 0], matrix[0, 2], matrix[1, 2]));
            Assert.Equal([1f, 3, 5, 2, 4, 6.5f], matrix.RowMajor());
        }

        Assert.Equal([7, 8, 9], file.Matrix("small").Values);
    }

    /// <summary>Numbers of every MATLAB class are read, and doubles in every type in which they can be stored.</summary>
    [Theory]
    [InlineData(8, 1, -100)]
    [InlineData(9, 2, 200)]
    [InlineData(10, 3, -30_000)]
    [InlineData(11, 4, 60_000)]
    [InlineData(12, 5, -2_000_000_000)]
    [InlineData(13, 6, 4_000_000_000)]
    [InlineData(7, 7, 0.5)]
    [InlineData(6, 9, 0.1)]
    [InlineData(14, 12, -(1L << 52))]
    [InlineData(15, 13, 1L << 52)]
    public void EveryNumericClassIsRead(int matlabClass, int type, double value)
    {
        foreach (var writer in new[] { Writer, new MatWriter(bigEndian: true) })
        {
            var file = Read(
                writer.File(
                    writer.Matrix("own", matlabClass, type, [1, 3], [value, 0, value]),
                    writer.Matrix("packed", 6, type, [3, 1], [value, 0, value])));
            Assert.Equal([value, 0, value], file.Matrix("own").Values);
            Assert.Equal([value, 0, value], file.Matrix("packed").Values);
        }
    }

    /// <summary>A cell array with a matrix for each task is read, which is how the School data is distributed.</summary>
    [Fact]
    public void ACellArrayOfMatricesIsRead()
    {
        var file = Read(Writer.File(
            Writer.Compressed(
                Writer.Cells(
                    "X",
                    [1, 3],
                    Writer.Matrix("", 6, 9, [2, 1], [0.25, 4]),
                    Writer.Matrix("", 9, 2, [1, 1], [5]),
                    Writer.Element(14, []))),
            Writer.Matrix("logical", 9, 2, [1, 2], [1, 0], flags: 2)));
        var cells = file.Cells("X");
        Assert.Equal([[0.25, 4], [5], []], cells.Select(c => c.Values));
        Assert.Equal([(2, 1), (1, 1), (0, 0)], cells.Select(c => (c.Rows, c.Columns)));
        Assert.Equal([1, 0], file.Matrix("logical").Values);
    }

    [Fact]
    public void WhatCannotBeReadIsRefusedOnlyWhenAskedFor()
    {
        var file = Read(Writer.File(
            Writer.Other(
                "sparse", 5, [3, 3], Writer.Element(5, new byte[8]), Writer.Element(5, new byte[16]), Writer.Element(9, new byte[16])),
            Writer.Other("text", 4, [1, 2], Writer.Element(4, new byte[4])),
            Writer.Other("record", 2, [1, 1]),
            Writer.Matrix("complex", 6, 9, [1, 1], [1], flags: 8),
            Writer.Cells(
                "mixed", [1, 2], Writer.Matrix("", 6, 9, [1, 1], [1]), Writer.Other("", 4, [1, 1], Writer.Element(4, new byte[2]))),
            Writer.Matrix("fine", 6, 9, [1, 1], [1])));
        Assert.Equal([1], file.Matrix("fine").Values);
        Assert.Equal(
            $"{file.Source}: variable 'sparse' is a sparse matrix, expected a full real matrix: "
                + "convert it in MATLAB with full and save it again",
            Refused(() => file.Matrix("sparse")));
        Assert.Contains("variable 'text' is a character array, expected a full real matrix", Refused(() => file.Matrix("text")));
        Assert.Contains("variable 'record' is a struct, expected a cell array", Refused(() => file.Cells("record")));
        Assert.Contains("variable 'complex' is a complex matrix", Refused(() => file.Matrix("complex")));
        Assert.Contains("variable 'fine' is a matrix, expected a cell array", Refused(() => file.Cells("fine")));
        Assert.Contains("variable 'mixed' is a cell array, expected a full real matrix", Refused(() => file.Matrix("mixed")));
        Assert.Contains("cell 2 of variable 'mixed' is a character array", Refused(() => file.Cells("mixed")));
        Assert.Equal($"{file.Source}: no variable 'fin'; did you mean 'fine'?", Refused(() => file.Matrix("fin")));
    }

    [Fact]
    public void OtherLevelsAreRefused()
    {
        Assert.Contains("saved with -v7.3, which is HDF5", Refused(() => Read([.. "MATLAB 7.3 MAT-file"u8, .. new byte[600]])));
        Assert.Contains("saved with -v7.3, which is HDF5", Refused(() => Read([0x89, .. "HDF\r\n"u8, .. new byte[600]])));
        Assert.Contains(
            "not a MAT-file of level 5 (starts with 'just a text, no ')",
            Refused(() => Read([.. "just a text, no matrix"u8, .. new byte[200]])));
        Assert.Contains("a MAT-file has at least 128 bytes, found 4", Refused(() => Read([1, 2, 3, 4])));
    }

    [Fact]
    public void AFileCutAnywhereWithinAVariableIsRefused()
    {
        foreach (var element in new[]
        {
            Writer.Matrix("m", 6, 9, [2, 2], [1, 2, 3, 4]), Writer.Compressed(Writer.Matrix("m", 6, 9, [2, 2], [1, 2, 3, 4])),
        })
        {
            var whole = Writer.File(element);
            for (var length = 129; length < whole.Length; length++)
            {
                Assert.Contains("goes beyond the end", Refused(() => Read(whole[..length])));
            }
        }
    }

    [Fact]
    public void ADamagedVariableIsRefused()
    {
        var packed = Writer.File(
            Writer.Compressed(Writer.Matrix("m", 6, 9, [10, 10], [.. Enumerable.Range(0, 100).Select(i => i * 0.37)])));
        packed[170] ^= 0xFF;
        Assert.Matches(
            "a compressed variable is damaged|goes beyond the end|the file is damaged", Refused(() => Read(packed).Matrix("m")));
        Assert.Contains(
            "variable 'm' takes 32 bytes, found 24: the file is damaged",
            Refused(() => Read(Writer.File(Writer.Matrix("m", 6, 9, [2, 2], [1, 2, 3]))).Matrix("m")));
        Assert.Contains("a variable with dimensions [-1, 2]", Refused(() => Read(Writer.File(Writer.Matrix("m", 6, 9, [-1, 2], [])))));
        Assert.Contains(
            "goes beyond the end",
            Refused(() => Read(Writer.File(Writer.Cells("c", [1, 2], Writer.Matrix("", 6, 9, [1, 1], [1])))).Cells("c")));
    }

    private MatFile Read(byte[] content) => MatFile.Read(folder.WriteRaw("m.mat", content));

    private static string Refused(Func<object> read) => Assert.Throws<DataException>(read).Message;
}
