using System.Text;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

public sealed class CsvFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.csv.gz")]
    public void ATableIsRead(string name)
    {
        var table = Read("id,x,n\nab,1.5,3\ncd,,-4\nef,1e-3,5\n", name);
        Assert.Equal(["id", "x", "n"], table.Columns);
        Assert.Equal(3, table.Count);
        Assert.Equal(["ab", "cd", "ef"], table.Texts("id"));
        Assert.Equal([1.5, double.NaN, 1e-3], table.Numbers("x"));
        Assert.Equal([3, -4, 5], table.Integers("n"));
        Assert.Equal([3f, 1.5f, -4, float.NaN, 5, 1e-3f], table.Matrix(["n", "x"]));
        Assert.Equal(("cd", 3), (table.Text(1, "id"), table.Line(1)));
        Assert.Equal(2, table.Rows("id")["ef"]);
        Assert.True(table.Has("x") && !table.Has("X"));
    }

    [Fact]
    public void QuotesHideSeparatorsLineEndsAndQuotes()
    {
        var table = Read("\uFEFFa,\"b,c\"\r\n\"1\"\"2\",\"x\r\ny\"\r\n\"\",\"3\"\r\n\r\n");
        Assert.Equal(["a", "b,c"], table.Columns);
        Assert.Equal(["1\"2", ""], table.Texts("a"));
        Assert.Equal(["x\r\ny", "3"], table.Texts("b,c"));
        Assert.Equal([2, 4], [table.Line(0), table.Line(1)]);
        Assert.Equal([double.NaN], Read("a,b\n\"\",1\n").Numbers("a"));
    }

    [Fact]
    public void AFileMayEndWithoutALineEnd()
    {
        Assert.Equal([double.NaN], Read("a,b\n1,").Numbers("b"));
        Assert.Equal(["x"], Read("a\n\"x\"").Texts("a"));
        Assert.Empty(Read("a,b").Numbers("b"));
    }

    [Fact]
    public void ATabMakesQuotesPlainText() =>
        Assert.Equal(
            ["\"5", "say \"so\""], CsvFile.Read(folder.Write("t.txt", "a\tb\n1\t\"5\n2\tsay \"so\"\n"u8.ToArray()), '\t').Texts("b"));

    [Theory]
    [InlineData("", "0 bytes, so it is an empty file, a pipe or a device: put the data file there")]
    [InlineData("\n \n", "the file is empty, expected a line with the names of columns: fetch it again")]
    [InlineData("a,b\n1,2\n3\n", "line 3 has 1 field, expected 2 as in line 1: mend the line, or fetch the file again if it is truncated")]
    [InlineData(
        "a,b\n1,2,3\n4,5\n", "line 2 has 3 fields, expected 2 as in line 1: mend the line, or fetch the file again if it is truncated")]
    [InlineData("a,b\n\n1,2\n", "line 2 has 1 field, expected 2 as in line 1: mend the line, or fetch the file again if it is truncated")]
    [InlineData(
        "a,b\n\"1\n\",2\n3\n", "line 4 has 1 field, expected 2 as in line 1: mend the line, or fetch the file again if it is truncated")]
    [InlineData("a,b\n1,\"2\n", "the quote opened in line 2 is never closed: close it, or fetch the file again if it is truncated")]
    [InlineData("a,b\n1,2\"3\n", "line 2, field 2: a quote inside the field: quote the whole field and double the quotes in it")]
    [InlineData("a,b\n1,\"2\"3\n", "line 2, field 2: a quote inside the field: quote the whole field and double the quotes in it")]
    [InlineData("a,b,a\n", "columns 1 and 3 are both named 'a': rename one")]
    [InlineData("PK\u0003\u0004", "an Excel workbook or another archive, expected text: save the sheet as CSV")]
    public void ADamagedTableIsRefused(string content, string message) =>
        Assert.Equal($"{folder.File("t.csv")}: {message}", Refused(() => Read(content)));

    [Theory]
    [InlineData("abc", "line 3, column 'x': 'abc', expected a finite number: mend the field")]
    [InlineData("1,5", "line 3, column 'x': '1,5', expected a finite number: mend the field")]
    [InlineData("?", "line 3, column 'x': '?', expected a finite number: mend the field")]
    [InlineData("inf", "line 3, column 'x': 'inf', expected a finite number: mend the field")]
    [InlineData("1e999", "line 3, column 'x': '1e999', expected a finite number: mend the field")]
    public void AFieldThatIsNoNumberIsRefused(string field, string message)
    {
        var table = Read($"id,x\na,1\nb,\"{field}\"\n");
        message = $"{table.Source}: {message}, or name it in CsvOptions.Missing if it marks a missing value";
        Assert.Equal(message, Refused(() => table.Numbers("x")));
        Assert.Equal(message, Refused(() => table.Matrix(["x"])));
    }

    [Theory]
    [InlineData("1.5", "'1.5'")]
    [InlineData("", "nothing")]
    [InlineData("3000000000", "'3000000000'")]
    public void AFieldThatIsNoWholeNumberIsRefused(string field, string found)
    {
        var table = Read($"id,x\na,{field}\n");
        Assert.Equal(
            $"{table.Source}: line 2, column 'x': {found}, expected a whole number: mend the field", Refused(() => table.Integers("x")));
    }

    [Fact]
    public void IdentifiersAreThereAndDiffer()
    {
        var twice = Read("id,x\na,1\nb,2\na,3\n");
        Assert.Equal($"{twice.Source}: lines 2 and 4 both have 'a' in column 'id': remove one", Refused(() => twice.Rows("id")));
        var missing = Read("id,x\na,1\n,2\n");
        Assert.Equal(
            $"{missing.Source}: line 3, column 'id': nothing, expected an identifier: mend the field", Refused(() => missing.Rows("id")));
        Assert.Equal($"{missing.Source}: no column 'idd'; did you mean 'id'?", Refused(() => missing.Texts("idd")));
    }

    [Fact]
    public void TextThatIsNotUTF8IsRefused()
    {
        var table = CsvFile.Read(folder.WriteRaw("t.csv", [.. "a,b\n1,"u8, 0xE9, (byte)'\n']));
        Assert.Equal(
            $"{table.Source}: line 2, column 2: the text is not UTF-8: name its encoding with CsvOptions.Encoding, or convert the " +
            "file", Refused(() => table.Texts("b")));
    }

    [Fact]
    public void ATruncatedGzipIsRefused()
    {
        var path = folder.Write(
            "t.csv.gz",
            Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919 % 104729}\n"))));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]);
        Assert.StartsWith($"{path}: ", Refused(() => CsvFile.Read(path)));
    }

    private CsvFile Read(string content, string name = "t.csv") => CsvFile.Read(folder.Write(name, Encoding.UTF8.GetBytes(content)));

    private static string Refused(Func<object> read) => Assert.Throws<DataException>(read).Message;
}
