using UAmtfl.Data.Tables;
using UAmtfl.Hosting;
using UAmtfl.Tests.Data.Tables;

namespace UAmtfl.Tests.Hosting;

/// <summary>The verb <c>report</c> writes the tables of a run as LaTeX, to standard output or to a file, and leaves the run as it
/// is.</summary>
public sealed class LatexVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task StandardOutputHasTheTablesOnly()
    {
        using var run = Fake.Finished(folder.Path, 2);
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCode.Success, await Report(output, run.FullPath, "--format", "latex"));
        Assert.StartsWith("% The preamble needs \\usepackage{booktabs}.\n\\begin{table}\n", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\\end{table}\n", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "\\caption{Ten digits. Data set NoData, seeds 1, 2. Test error \\%: mean", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(" \\textbf{UAmtfl} & 40.00 $\\pm$ 14.14 & 2 & ", output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.FullPath, "report.md")));
    }

    /// <summary>The data set of a table is called by its file, because all tables have one class.</summary>
    [Theory]
    [InlineData(null, "t.csv")]
    [InlineData("more/pupils.csv", "pupils.csv")]
    public async Task ATableIsCalledByItsFile(string? path, string name)
    {
        var options = path is null ? [] : new Dictionary<string, string> { ["Path"] = path };
        using var run = Fake.Finished(folder.Path, 2, m => m with { DatasetOptions = options });
        using var output = new StringWriter();
        var experiment = Fake.Experiment() with { Dataset = () => new TableDataset(Table.Plain) };
        await Verbs.InvokeAsync(Fake.Context(output, experiment, "report", run.FullPath, "--format", "latex"));
        Assert.Contains($"Data set {name}, seeds 1, 2.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileHasTheSameTables()
    {
        using var run = Fake.Finished(folder.Path, 2);
        using var printed = new StringWriter { NewLine = "\n" };
        using var named = new StringWriter { NewLine = "\n" };
        var file = folder.File("tables.tex");
        Assert.Equal(ExitCode.Success, await Report(printed, run.FullPath, "--format", "latex"));
        Assert.Equal(ExitCode.Success, await Report(named, run.FullPath, "--format", "latex", "--output", file));
        Assert.Equal(printed.ToString(), File.ReadAllText(file));
        Assert.Equal(file + "\n", named.ToString());
    }

    [Theory]
    [InlineData("unknown format 'latx'; did you mean 'latex'?", "--format", "latx")]
    [InlineData("unknown format 'html'; known are: latex", "--format", "html")]
    [InlineData("--output needs --format latex; without it, report writes into the run's folder", "--output", "tables.tex")]
    [InlineData("option --format has no value; write --format VALUE", "--format")]
    public async Task AMistakeIsRefused(string message, params string[] options)
    {
        using var run = Fake.Finished(folder.Path, 1);
        var refused = await Assert.ThrowsAsync<UAmtflException>(() => Report(TextWriter.Null, run.FullPath, options));
        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public async Task AFolderWithNothingToReportIsRefused()
    {
        using var run = Fake.Finished(folder.Path, 1);
        Directory.Delete(Path.Combine(run.FullPath, "cells"), recursive: true);
        var empty = await Assert.ThrowsAsync<UAmtflException>(() => Report(TextWriter.Null, run.FullPath, "--format", "latex"));
        Assert.Equal($"none of 2 cells of {run.FullPath} is finished and whole; there is nothing to report", empty.Message);
        var none = await Assert.ThrowsAsync<UAmtflException>(() => Report(TextWriter.Null, folder.Path, "--format", "latex"));
        Assert.StartsWith($"cannot read {folder.File("run.json")}: ", none.Message, StringComparison.Ordinal);
    }

    /// <summary>Tables that nobody received are a failure, but a report is in its folder even if it cannot be printed.</summary>
    [Theory]
    [InlineData(true, "report", "run")]
    [InlineData(false, "report", "run", "--format", "latex")]
    [InlineData(false, "report", "run", "--format=latex")]
    [InlineData(true, "report", "run", "--format", "latex", "--output", "tables.tex")]
    public void OnlyTablesOnStandardOutputAreLostWithIt(bool written, params string[] arguments) =>
        Assert.Equal(written, Verbs.WriteFiles(arguments));

    private static Task<int> Report(TextWriter output, string run, params string[] options) =>
        Verbs.InvokeAsync(Fake.Context(output, ["report", run, .. options]));
}
