using UAmtfl.Hosting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Hosting;

/// <summary>A damaged result file is named, and only its own cell is lost.</summary>
public sealed class DamagedResultTests : IDisposable
{
    private static readonly TaskSet Tasks = Fake.Experiment().Tasks;
    private static readonly IReadOnlyList<Cell> Cells = Cell.All(["Cnn", "UAmtfl"], [1, 2]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("result.json", "")]
    [InlineData("result.json", "null")]
    [InlineData("result.json", "{}")]
    [InlineData("result.json", "[1, 2")]
    [InlineData("timing.json", "null")]
    [InlineData("test-errors.npy", "")]
    [InlineData("test-errors.npy", "\u0093NUMPY but then nothing of the kind, for more than the header's ten bytes")]
    public void AFileOfRubbish(string name, string text)
    {
        Damage(name, _ => System.Text.Encoding.Latin1.GetBytes(text));
        ThreeAreLeft();
    }

    [Theory]
    [InlineData("result.json")]
    [InlineData("test-errors.npy")]
    [InlineData("transfer.npy")]
    [InlineData("gradient-cosines.npy")]
    [InlineData("gradient-conflicts.npy")]
    [InlineData("timing.json")]
    public void AFileCutShort(string name)
    {
        Damage(name, bytes => bytes[..^2]);
        ThreeAreLeft();
    }

    [Theory]
    [InlineData("\"seed\":1", "\"seed\":2")]
    [InlineData("\"variant\":\"UAmtfl\"", "\"variant\":\"Cnn\"")]
    [InlineData("\"Task1\":null", "\"Task2\":null")]
    [InlineData("\"taskErrors\":{", "\"taskErrors\":null,\"more\":{")]
    [InlineData("\"trainCounts\":{\"Task0\":40,\"Task1\":2}", "\"trainCounts\":{\"Task0\":40}")]
    [InlineData("\"tasks\":[\"Task0\",\"Task1\"]", "\"tasks\":null")]
    [InlineData("\"version\":3", "\"version\":0")]
    public void AResultThatDoesNotFit(string text, string other)
    {
        Damage("result.json", bytes =>
        {
            var before = System.Text.Encoding.UTF8.GetString(bytes);
            Assert.Contains(text, before, StringComparison.Ordinal);
            return System.Text.Encoding.UTF8.GetBytes(before.Replace(text, other, StringComparison.Ordinal));
        });
        ThreeAreLeft();
    }

    [Fact]
    public void AMatrixThatAsksForAllMemory()
    {
        Damage("test-errors.npy", bytes =>
        {
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            return System.Text.Encoding.Latin1.GetBytes(
                text.Replace("(3, 2), }          ", "(2000000000, 2), } ", StringComparison.Ordinal));
        });
        Assert.Contains("its shape is (2000000000, 2), and it has 24 bytes of data", ThreeAreLeft(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timing.json")]
    [InlineData("gradient-conflicts.npy")]
    public void AFileThatIsMissing(string name)
    {
        var created = Create();
        File.Delete(Path.Combine(created.FullPath, "cells", "UAmtfl-1", name));
        ThreeAreLeft(created);
    }

    [Fact]
    public async Task TheReportIsOfTheOthersAndSaysWhatIsLeftOut()
    {
        Damage("test-errors.npy", bytes => bytes[..^2]);
        using var output = new StringWriter { NewLine = "\n" };
        using var said = new StringWriter { NewLine = "\n" };
        var before = Console.Error;
        Console.SetError(said);
        try
        {
            Assert.Equal(ExitCode.Failure, await Verbs.InvokeAsync(Fake.Context(output, "report", created!.FullPath)));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Matches(
            @"^error: cannot read the results in .*UAmtfl-1: test-errors.npy is damaged: .*; it is left out of the report\n$",
            said.ToString());
        Assert.Contains("3 of 4 cells finished, and the report is of these", output.ToString(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(created.FullPath, "report.md")));
    }

    [Fact]
    public async Task AWholeRunIsReportedAgainAndAnEmptyOneIsRefused()
    {
        var whole = Create();
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Success, await Verbs.InvokeAsync(Fake.Context(output, "report", whole.FullPath)));
        Assert.Contains("4 of 4 cells finished", output.ToString(), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(whole.FullPath, "cells"), recursive: true);
        Assert.Equal(ExitCode.Failure, await Verbs.InvokeAsync(Fake.Context(TextWriter.Null, "report", whole.FullPath)));
        var refused = await Assert.ThrowsAsync<UAmtflException>(
            async () => await Verbs.InvokeAsync(Fake.Context(TextWriter.Null, "report", folder.Path)));
        Assert.StartsWith("cannot read ", refused.Message, StringComparison.Ordinal);
    }

    private RunFolder? created;

    private void Damage(string name, Func<byte[], byte[]> how)
    {
        created = Create();
        var file = Path.Combine(created.FullPath, "cells", "UAmtfl-1", name);
        File.WriteAllBytes(file, how(File.ReadAllBytes(file)));
    }

    private string ThreeAreLeft(RunFolder? of = null)
    {
        var finished = FinishedCells.Read((of ?? created)!, Cells, Tasks);
        Assert.Equal(Cells.Where(c => c != new Cell("UAmtfl", 1)), finished.Whole.Select(r => new Cell(r.Variant, r.Seed)));
        var line = Assert.Single(finished.Damaged);
        Assert.StartsWith(
            $"cannot read the results in {Path.Combine((of ?? created)!.FullPath, "cells", "UAmtfl-1")}: ",
            line,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        return line;
    }

    private RunFolder Create() => Fake.Finished(folder.Path, 2);
}
