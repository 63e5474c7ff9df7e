using System.Text;
using UAmtfl.Data.Tables;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Data.Tables;

/// <summary>Tables as tools write them are read as they are meant, or refused with the file, the line and the column.</summary>
public sealed class TableReadingTests : IDisposable
{
    private readonly Table table = new();

    public void Dispose() => table.Dispose();

    [Theory]
    [InlineData("x,y\n1,2\n3,4\n5,6\n7,8\n9,10\n")]
    [InlineData("x,y\r\n1,2\r\n3,4\r\n5,6\r\n7,8\r\n9,10\r\n")]
    [InlineData("\uFEFFx,y\n1,2\n3,4\n5,6\n7,8\n9,10")]
    [InlineData("\"x\",\"y\"\n\"1\", 2\n3 ,4\n5,6,,\n7,8\n9,10\n\n\n")]
    [InlineData("note,x,y\n\"a\nb, \"\"c\"\"\",1,2\n,3,4\n,5,6\n,7,8\n,9,10\n")]
    public void TheSameNumbersAreReadFromEveryDialect(string text)
    {
        table.Write(text);
        var splits = table.Load(Table.Plain with { Ignore = text.Contains("note", StringComparison.Ordinal) ? ["note"] : [] });
        Assert.Equal([1f, 3, 5, 7, 9], Table.Inputs(splits).Select(r => r[0]).Order());
        Assert.Equal((3, 1, 1), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.True(splits.SharedTest);
        Assert.True(splits.Train.Labels.squeeze(1).sub(splits.Train.Inputs.squeeze(1)).eq(1).all().item<bool>());
    }

    [Theory]
    [InlineData("t.tsv", "x\ty\n1\t2\n3\t4\n5\t6\n")]
    [InlineData("t.csv.gz", "x,y\n1,2\n3,4\n5,6\n")]
    [InlineData("t.tab.gz", "x\ty\n1\t2\n3\t4\n5\t6\n")]
    public void TheNameSaysTheFormat(string name, string text)
    {
        table.Write(text, name);
        Assert.Equal([1f, 3, 5], Table.Inputs(table.Load(Table.Plain with { Path = name })).Select(r => r[0]).Order());
    }

    [Fact]
    public void ASeparatorADecimalCommaAndMarkersAreDeclared()
    {
        table.Write("x;y\n1,5;2\n-;4\n-2,25;6\n0;1\n");
        var declared = Table.Plain with
        {
            Format = new() { Separator = ';', DecimalComma = true, Markers = ["-"] },
            Missing = MissingInputs.Mean,
        };
        Assert.Equal([-2.25f, 0, 1.5f], Table.Inputs(table.Load(declared)).Select(r => r[0]).Where(float.IsFinite).Order());
    }

    [Theory]
    [InlineData("", "t.csv: 0 bytes, so it is an empty file, a pipe or a device: put the data file there")]
    [InlineData("x,y\n", "t.csv: the table has no row below the names of its columns: fetch it again")]
    [InlineData(
        "x,y\n1,2\n3\n",
        "t.csv: line 3 has 1 field, expected 2 as in line 1: mend the line, or fetch the file again if it is truncated")]
    [InlineData("x,y\n\"1,2\n", "t.csv: the quote opened in line 2 is never closed: close it, or fetch the file again if it is truncated")]
    [InlineData("x,x,y\n1,2,3\n", "t.csv: line 1: columns 1 and 2 are both named 'x': rename one")]
    [InlineData(
        "x;y\n1;2\n", "t.csv: line 1 has one column, 'x;y': write Separator = ';' if that character is between fields")]
    [InlineData(
        ",x,y\n0,1,2\n",
        "t.csv: column 1 has no name, as one of row numbers that pandas or R writes: name it, or leave it out with Ignore = [\"\"]")]
    [InlineData(
        "x,y\n1,2\n,3\n4,5\n", "t.csv: column 'x' has 1 missing value, the first in line 3: say with Missing what is done with them")]
    [InlineData(
        "x,y\n1,2\nNA,3\n,5\n", "t.csv: column 'x' has 2 missing values, the first in line 3: say with Missing what is done with them")]
    [InlineData(
        "x,y\n1,2\n-,3\n",
        "t.csv: column 'x' has numbers, and line 3 has '-': mend it, name it in Markers if it marks a missing value, or the column in "
            + "Categories if its values are categories")]
    [InlineData(
        "x,y\n1,2\ninf,3\n",
        "t.csv: column 'x' has numbers, and line 3 has 'inf': mend it, name it in Markers if it marks a missing value, or the column in "
            + "Categories if its values are categories")]
    [InlineData("x,y\n\"1,5\",2\n\"2,5\",3\n", "t.csv: column 'x' has a decimal comma, line 2 has '1,5': write DecimalComma = true")]
    [InlineData("x,z,y\n,1,2\n,1,3\n", "t.csv: column 'x' has no value: leave it out with Ignore")]
    [InlineData("x,y\n1e300,2\n", "t.csv: line 2, column 'x': the number is too large for float32: rescale it")]
    [InlineData("x,z\n1,2\n", "t.csv: there is no column 'y'; did you mean 'x'?")]
    [InlineData(
        "x,y\n1,high\n2,low\n",
        "t.csv: column 'y' is text, line 2 has 'high', and a regression needs numbers: write [Classification(k)], or name another column")]
    public void ADamagedTableIsRefused(string text, string message)
    {
        table.Write(text);
        Assert.Equal(message, table.Refused(Table.Plain));
    }

    [Fact]
    public void BytesThatAreNotUtf8HaveALineAndAColumn()
    {
        table.Write(Encoding.Latin1.GetBytes("name,y\nZoe,1\nZoë,2\n"));
        Assert.Equal("t.csv: line 3, column 'name': the text is not UTF-8: convert the file to UTF-8", table.Refused(Table.Plain));
        table.Write(Encoding.Latin1.GetBytes("größe,y\n1,1\n"));
        Assert.Equal("t.csv: line 1, column 1: the text is not UTF-8: convert the file to UTF-8", table.Refused(Table.Plain));
        table.Write([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("größe,y\n1,1\n2,2\n3,3\n")]);
        Assert.Equal("größe", table.Load(Table.Plain).Table!.Columns[0].Name);
    }

    [Fact]
    public void AMillionColumnsAreRead()
    {
        const int Columns = 1_000_000;
        var text = new StringBuilder().AppendJoin(',', Enumerable.Range(0, Columns).Select(c => $"x{c}")).Append(",y\n");
        for (var row = 0; row < 3; row++)
        {
            text.AppendJoin(',', Enumerable.Repeat($"{row}", Columns)).Append($",{row}\n");
        }

        table.Write(text.ToString());
        Assert.Equal([1, Columns], table.Load(Table.Plain).Test.Inputs.shape);
        Assert.Equal(
            $"t.csv: there is no column 'yy'; there are {Columns + 1}, from 'x0' to 'y'",
            table.Refused(Table.Plain with { Tasks = [new("yy", TaskKind.Regression)] }));
    }

    [Fact]
    public void TheFileIsLookedForWhereItIsSaidToBe()
    {
        Assert.Equal(
            $"the table 't.csv' is not in {table.Folder}, given with --data: name the folder that has it, or drop --data",
            table.Refused(Table.Plain));
        var nowhere = Assert.Throws<UAmtfl.Data.DataException>(() => new TableDataset(Table.Plain).Load(new(null, 1)));
        Assert.StartsWith($"the table 't.csv' is neither {Path.Combine(AppContext.BaseDirectory, "t.csv")} nor ", nowhere.Message);
        table.Write("x,y\n1,2\n3,4\n5,6\n");
        Assert.Equal(3, Table.Inputs(table.Load(Table.Plain with { Path = "data/t.csv" })).Length);
        Assert.Equal(
            $"{table.Write("x", "t.xlsx")}: its name ends in none of .csv, .tsv, .tab, .txt and .parquet, each perhaps with .gz: "
                + "let it say the format",
            Assert.Throws<UAmtfl.Data.DataException>(() => table.Load(Table.Plain with { Path = "t.xlsx" })).Message);
    }
}
