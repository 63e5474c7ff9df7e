using UAmtfl.Reporting.Sections;

namespace UAmtfl.Tests.Reporting;

/// <summary>Tables that are wider than the page are split into blocks.</summary>
public sealed class TableBlocksTests
{
    [Fact]
    public void ATableThatFitsStaysWhole() => Assert.Single(TableBlocks.Of(Wide(3), 80));

    [Fact]
    public void AWideTableBecomesBlocksThatFitEachWithTheFirstColumn()
    {
        var blocks = TableBlocks.Of(Wide(47), 80);
        Assert.Equal(Enumerable.Range(0, 47).Select(v => $"Variant{v}"), blocks.SelectMany(b => b.Columns.Skip(1)));
        Assert.All(blocks, b => Assert.Equal("task", b.Columns[0]));
        Assert.All(blocks, b => Assert.All(b.Rows, r => Assert.Equal(b.Columns.Count, r.Cells.Count)));
        Assert.All(blocks, b => Assert.InRange(b.Columns.Select((c, i) => 3 + Math.Max(c.Length, Longest(b, i))).Sum(), 1, 80));
        Assert.InRange(blocks.Max(b => b.Columns.Count) - blocks.Min(b => b.Columns.Count), 0, 3);
    }

    /// <summary>With 47 variants each number on the console stands on one line, whatever the width of the terminal.</summary>
    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void Of47VariantsEveryNumberIsPrintedUnbroken(int width)
    {
        var text = WriterTests.Printed(SampleRuns.ManyVariants(47), width);
        var lines = text.Split('\n');
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 0, width));
        var tasks = string.Join('\n', lines.SkipWhile(l => l.Trim() != "Tasks").TakeWhile(l => l.Trim() != "Transfer"));
        for (var v = 1; v < 47; v++)
        {
            Assert.Matches($@"(?m)^\s*Variant{v}\s+\d+\.\d\d \([+−]?\d+\.\d\d\*?\)", tasks);
        }
    }

    private static int Longest(Table table, int column) => table.Rows.Max(r => r.Cells[column].Text.Length);

    private static Table Wide(int variants) => new(
        ["task", .. Enumerable.Range(0, variants).Select(v => $"Variant{v}")],
        1,
        [.. Enumerable.Range(0, 3).Select(t =>
            new Row([$"Task{t}", .. Enumerable.Range(0, variants).Select(v => (Cell)$"{v}.00 (−0.12*)")]))]);
}
