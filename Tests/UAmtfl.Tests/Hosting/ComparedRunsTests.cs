using System.Text.RegularExpressions;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

/// <summary>The verb <c>report A B</c> compares each variant of a run with the same variant of another one, and says how the runs differ
/// and what cannot be compared.</summary>
public sealed partial class ComparedRunsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ARunAgainstItselfDiffersInNothing()
    {
        using var run = Fake.Finished(folder.Path, 2);
        var (code, text) = await Compare(run.FullPath, run.FullPath);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("The records of the two runs differ in nothing that a result depends on.", text);
        Assert.Contains("equal to A on 1 of 2 tasks; cannot be judged on", text);
        Assert.Contains($"A: {Path.GetFileName(run.FullPath)}, started ", text);
    }

    [Fact]
    public async Task BetterCellsAreHelpedAndThePageSaysSo()
    {
        using var first = Fake.Finished(folder.File("a"), 2);
        using var second = Fake.Finished(folder.File("b"), 2);
        Better(second, new("UAmtfl", 1));
        Better(second, new("UAmtfl", 2));
        var page = folder.File("compared.html");
        var (code, text) = await Compare(first.FullPath, second.FullPath, "--output", page);
        Assert.Equal(ExitCode.Success, code);
        Assert.Matches("UAmtfl of B − UAmtfl of A −40.00", text);
        Assert.Matches("UAmtfl: [^:]*helped 1 of 2 tasks", text);
        Assert.Matches("Cnn: [^:]*equal to A", text);
        Assert.Contains(
            $"What the comparison shows</h2>\n<ul class=\"plain\">\n<li>A: {Path.GetFileName(first.FullPath)}", File.ReadAllText(page));
        Assert.False(File.Exists(Path.Combine(second.FullPath, "report.html")));
    }

    [Fact]
    public async Task APageOfAnotherNameIsRefused()
    {
        using var run = Fake.Finished(folder.Path, 1);
        var file = folder.File("compared.pdf");
        Assert.Equal(
            $"--output {file} is not NAME.html, and the comparison of two runs is a page: name it so",
            (await Assert.ThrowsAsync<UAmtflException>(() => Compare(run.FullPath, run.FullPath, "--output", file))).Message);
        Assert.False(File.Exists(file));
    }

    /// <summary>Other test rows cannot be paired. The means of the seeds still are, and a line says why tasks are not judged.</summary>
    [Fact]
    public async Task OtherTestRowsAreNotPaired()
    {
        using var first = Fake.Finished(folder.File("a"), 1);
        using var second = Fake.Finished(folder.File("b"), 1);
        var tasks = Fake.Experiment().Tasks;
        foreach (var cell in new[] { new Cell("Cnn", 1), new Cell("UAmtfl", 1) })
        {
            CellResult result = second.Cell(cell).Read(tasks);
            second.Cell(cell).Finish(result with { RowErrors = [.. result.RowErrors, .. result.RowErrors] }, tasks);
        }

        var (code, text) = await Compare(first.FullPath, second.FullPath);
        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("UAmtfl is not judged task by task", text);
        Assert.Contains("UAmtfl of B − UAmtfl of A", text);
    }

    [Theory]
    [InlineData("a comparison of two runs takes no --format and no --png; --output names the file for its page", "--format", "latex")]
    [InlineData("a comparison of two runs takes no --format and no --png; --output names the file for its page", "--png")]
    public async Task WhatAComparisonDoesNotHaveIsRefused(string message, params string[] options)
    {
        using var run = Fake.Finished(folder.Path, 1);
        var refused = await Assert.ThrowsAsync<UAmtflException>(() => Compare(run.FullPath, run.FullPath, options));
        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public async Task PngChartsAreWrittenWhenAskedForAndGoWithTheNextReport()
    {
        using var run = Fake.Finished(folder.Path, 2);
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Success, await Verbs.InvokeAsync(Fake.Context(output, ["report", run.FullPath, "--png"])));
        var charts = Path.Combine(run.FullPath, "charts");
        Assert.Equal(
            Directory.GetFiles(charts, "*.svg").Select(Path.GetFileNameWithoutExtension).Order(),
            Directory.GetFiles(charts, "*.png").Select(Path.GetFileNameWithoutExtension).Order());
        Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(Path.Combine(charts, "error.png"))[1..4]);
        Assert.Equal(ExitCode.Success, await Verbs.InvokeAsync(Fake.Context(output, ["report", run.FullPath])));
        Assert.Empty(Directory.GetFiles(charts, "*.png"));
    }

    /// <summary>A run of which no cell is finished has a page, and the program still says that there is nothing to report.</summary>
    [Fact]
    public async Task ARunWithoutAFinishedCellHasAPageThatSaysWhatIsMissing()
    {
        using var run = Fake.Finished(folder.Path, 1);
        Directory.Delete(Path.Combine(run.FullPath, "cells"), recursive: true);
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Failure, await Verbs.InvokeAsync(Fake.Context(output, ["report", run.FullPath])));
        Assert.Contains("Missing: UAmtfl: not finished.", File.ReadAllText(Path.Combine(run.FullPath, "report.html")));
        Assert.False(File.Exists(Path.Combine(run.FullPath, "report.md")));
    }

    [Fact]
    public void TheGeneratedClassOfAnObjectiveIsFoundWithItsComment()
    {
        const string Code = """
            namespace N;
            partial class Study
            {
                /// <summary>Trains.</summary>
                /// <remarks>Well.</remarks>
                public sealed class Objective : Base
                {
                    public int Value()
                    {
                        return 1;
                    }
                }

                public sealed class Network
                {
                }
            }
            """;
        Assert.Equal(
            """
            /// <summary>Trains.</summary>
            /// <remarks>Well.</remarks>
            public sealed class Objective : Base
            {
                public int Value()
                {
                    return 1;
                }
            }
            """.ReplaceLineEndings("\n"),
            GeneratedFile.Objective(Code));
        Assert.Equal("", GeneratedFile.Objective("class Fitted\n{\n}\n"));
    }

    /// <summary>The page has the declaration that the comment at the top of the generated file states.</summary>
    [Fact]
    public async Task ThePageHasTheDeclarationOfAVariant()
    {
        const string Head = "// UAmtfl of fake\n//\n// Declaration:\n";
        Assert.Equal("", GeneratedFile.Declaration("// UAmtfl of fake\n\nnamespace N;\n"));
        using var run = Fake.Finished(folder.Path, 1);
        var source = folder.File("N.Study+UAmtfl.g.cs.txt");
        File.WriteAllText(source, Head + "//     [Amtfl, Uncertainty]\n//     public partial class UAmtfl;\n\nnamespace N;\n");
        run.CopyGenerated([source]);
        using var output = new StringWriter();
        Assert.Equal(ExitCode.Success, await Verbs.InvokeAsync(Fake.Context(output, ["report", run.FullPath])));
        var page = File.ReadAllText(Path.Combine(run.FullPath, "report.html"));
        var section = Regex.Match(page, "aria-label=\"Declaration of UAmtfl\"><code>(.*?)</code>", RegexOptions.Singleline);
        Assert.Equal(
            "[Amtfl, Uncertainty]\npublic partial class UAmtfl;", Regex.Replace(section.Groups[1].Value, "<[^>]*>", ""));
    }

    /// <summary>Makes a cell right on all rows.</summary>
    private static void Better(RunFolder run, Cell cell)
    {
        var tasks = Fake.Experiment().Tasks;
        CellResult result = run.Cell(cell).Read(tasks);
        run.Cell(cell).Finish(
            result with
            {
                OverallError = 0,
                TaskErrors = [.. result.TaskErrors.Select(_ => 0.0)],
                RowErrors = [.. result.RowErrors.Select(row => row.Select(e => float.IsNaN(e) ? e : 0f).ToArray())],
            },
            tasks);
    }

    /// <summary>Matches the blanks and line breaks that depend on the width of the console.</summary>
    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks { get; }

    private static async Task<(int Code, string Text)> Compare(string first, string second, params string[] options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var code = await Verbs.InvokeAsync(Fake.Context(output, ["report", first, second, .. options]));
        return (code, Blanks.Replace(output.ToString(), " "));
    }
}
