using System.Text;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

/// <summary>Tables as R, pandas, spreadsheets and old systems write them are read as they are meant, or refused with a one-line
/// message.</summary>
public sealed class CsvDialectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x1,y1\r1,2\r3,4\r")]
    [InlineData("x1,y1\r1,2\r3,4")]
    [InlineData("x1,y1\r\n1,2\n3,4\r")]
    [InlineData("x1,y1\n1,2\n3,4\n\n  \n\r\n")]
    [InlineData("x1,y1\r\n1,2\r\n3,4\r\n\u001A")]
    [InlineData("\uFEFFx1,y1\n1,2\n3,4\n")]
    [InlineData("x1,y1\n 1 ,2\n3,\t4 \n")]
    public void LineEndsAndBlanksDoNotMatter(string text)
    {
        var table = Read(text);
        Assert.Equal(["x1", "y1"], table.Columns);
        Assert.Equal([1f, 2, 3, 4], table.Matrix(["x1", "y1"]));
        Assert.Equal([1, 3], table.Integers("x1"));
        Assert.Equal([2, 3], [table.Line(0), table.Line(1)]);
    }

    [Fact]
    public void QuotedLineEndsAreTextAndCounted()
    {
        var table = Read("a,b\r\"1\r2\",x\r3,y\r");
        Assert.Equal(["1\r2", "3"], table.Texts("a"));
        Assert.Equal([2, 4], [table.Line(0), table.Line(1)]);
    }

    [Fact]
    public void ABlankLineAtTheEndIsNoRowOfOneColumn() =>
        Assert.Equal([1.0, double.NaN, 2], Read("y\n1\n\n2\n\n\n").Numbers("y"));

    [Theory]
    [InlineData("NA")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData(" NA ")]
    [InlineData("\"NA\"")]
    [InlineData(" ")]
    [InlineData("")]
    public void WhatRAndPandasWriteForAMissingNumberIsOne(string field)
    {
        var table = Read($"x,y\n1,2\n{field},3\n");
        Assert.Equal([1, double.NaN], table.Numbers("x"));
        Assert.Equal([1f, 2, float.NaN, 3], table.Matrix(["x", "y"]));
        Assert.Contains("line 3, column 'x'", Refused(() => table.Integers("x")));
    }

    [Fact]
    public void OtherMarkersAreDeclared()
    {
        var path = folder.Write("t.csv", "x,y\n?,1\n.,2\n-999,NA\n4,5\n"u8.ToArray());
        Assert.Equal(
            $"{path}: line 2, column 'x': '?', expected a finite number: mend the field, or name it in CsvOptions.Missing if it marks a " +
                "missing value",
            Refused(() => CsvFile.Read(path).Numbers("x")));
        var table = CsvFile.Read(path, new CsvOptions { Missing = ["?", ".", "-999"] });
        Assert.Equal([double.NaN, double.NaN, double.NaN, 4], table.Numbers("x"));
        Assert.Contains("line 4, column 'y': 'NA'", Refused(() => table.Numbers("y")));

        // A column of text keeps NA as text, because NA may be a country.
        Assert.Equal("NA", CsvFile.Read(path).Text(2, "y"));
    }

    [Theory]
    [InlineData("x1,y1,,\n1,2,,\n3,4,,\n")]
    [InlineData("x1,y1,\n1,2\n3,4\n")]
    [InlineData("x1,y1\n1,2,,\n3,4\n")]
    [InlineData("x1,y1,\"\", \n1,2,\"\", \n3,4,,\n")]
    public void EmptyColumnsWithoutANameAtTheEndAreDropped(string text)
    {
        var table = Read(text);
        Assert.Equal(["x1", "y1"], table.Columns);
        Assert.Equal([1f, 2, 3, 4], table.Matrix(["x1", "y1"]));
    }

    [Theory]
    [InlineData("x1,y1,,\n1,2,,\n3,4,,5\n", "line 3, field 4: a value in a column without a name: name the column in line 1, or remove " +
        "it")]
    [InlineData("x1,y1\n1,2,3\n", "line 2 has 3 fields, expected 2 as in line 1: mend the line, or fetch the file again if it is " +
        "truncated")]
    [InlineData("x1,,,y1\n1,2,3,4\n", "columns 2 and 3 have no name: name one")]
    public void AValueWithoutANameIsRefused(string text, string message) => Assert.Equal($"{folder.File("t.csv")}: " +
        $"{message}", Refused(() => Read(text)));

    /// <summary>The first column may have no name, because write.csv of R writes a column of row names without one.</summary>
    [Fact]
    public void OneColumnMayBeWithoutAName()
    {
        var table = Read("\"\",\"x1\",\"y1\"\n\"1\",0.5,NA\n\"2\",-0.5,1\n");
        Assert.Equal(["", "x1", "y1"], table.Columns);
        Assert.Equal([double.NaN, 1], table.Numbers("y1"));
    }

    [Fact]
    public void AByteOrderMarkNamesTheEncoding()
    {
        foreach (var encoding in new Encoding[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            var path = folder.WriteRaw("t.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("größe\tname\n1.5\tÅsa\n")]);
            var table = CsvFile.Read(path, '\t');
            Assert.Equal([1.5], table.Numbers("größe"));
            Assert.Equal(["Åsa"], table.Texts("name"));
        }
    }

    [Fact]
    public void AnotherEncodingIsNamedOrRefused()
    {
        var latin = folder.WriteRaw("l.csv", Encoding.Latin1.GetBytes("x,name\n1,Zoë\n"));
        Assert.Equal(["Zoë"], CsvFile.Read(latin, new CsvOptions { Encoding = Encoding.Latin1 }).Texts("name"));
        Assert.Contains("line 2, column 2: the text is not UTF-8", Refused(() => CsvFile.Read(latin).Texts("name")));
        var cut = folder.WriteRaw("u.csv", [.. Encoding.Unicode.GetBytes("x\n1"), 0]);
        Assert.Contains("line 2: the text is not " +
            "utf-16", Refused(() => CsvFile.Read(cut, new CsvOptions { Encoding = Encoding.Unicode })));
        Assert.Contains("line 1: a zero byte", Refused(() => CsvFile.Read(folder.WriteRaw("z.csv", Encoding.Unicode.GetBytes("x\n1\n")))));
        Assert.Contains(
            "it is gzipped, expected " +
            "text", Refused(() => CsvFile.Read(folder.WriteRaw("g.csv", TemporaryFolder.Gzip("x\n1\n"u8.ToArray())))));
    }

    private CsvFile Read(string content) => CsvFile.Read(folder.Write("t.csv", Encoding.UTF8.GetBytes(content)));

    private static string Refused(Func<object> read) => Assert.Throws<DataException>(read).Message;
}
