using System.Text.Json;
using System.Xml.Linq;
using Spectre.Console;
using UAmtfl.Descriptors;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

/// <summary>The written report has the same bytes each time, is valid JSON and SVG, and its text says all that the charts show.</summary>
public sealed class WriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("uamtfl-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TwoWritesAreByteIdenticalAndEmbedWhatExists()
    {
        ReportWriter.Write(Report.From(SampleRuns.Mnist()), Path.Combine(folder, "a"));
        ReportWriter.Write(Report.From(SampleRuns.Mnist()), Path.Combine(folder, "b"));
        var files = Files("a");
        Assert.Equal(files, Files("b"));
        Assert.Equal(
            [
                "charts/error.svg", "charts/improvement.svg", "charts/sigma-SharedSigma.svg", "charts/sigma-UAmtfl.svg",
                "charts/transfer-DeepAmtfl.svg",
                "charts/transfer-SharedSigma.svg", "charts/transfer-UAmtfl.svg", "report.html", "report.json", "report.md",
            ],
            files);
        Assert.All(
            files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "a", f)), File.ReadAllBytes(Path.Combine(folder, "b", f))));
        var markdown = File.ReadAllText(Path.Combine(folder, "a", "report.md"));
        Assert.All(files.Where(f => f.EndsWith(".svg")), f => Assert.Contains($"]({f})", markdown));
    }

    /// <summary>Writing a report again deletes the charts that it no longer has, and leaves other files alone.</summary>
    [Fact]
    public void ChartsOfAnEarlierReportAreDeleted()
    {
        var run = SampleRuns.Mnist();
        ReportWriter.Write(Report.From(run), folder);
        File.WriteAllText(Path.Combine(folder, "charts/notes.txt"), "mine");
        ReportWriter.Write(Report.From(run with { Cells = [.. run.Cells.Where(c => c.Variant is "Cnn" or "MtCnn")] }), folder);
        Assert.Equal(
            ["charts/error.svg", "charts/improvement.svg", "charts/notes.txt", "report.html", "report.json", "report.md"], Files("."));
    }

    [Fact]
    public void MixedKindsHaveChartsOfTheirOwn()
    {
        ReportWriter.Write(Report.From(ScoredRuns.Mixed()), folder);
        Assert.Equal(
            [
                "charts/error-error.svg", "charts/error-mse.svg", "charts/improvement-error.svg", "charts/improvement-mse.svg",
                "report.html", "report.json", "report.md",
            ],
            Files("."));
        var text = File.ReadAllText(Path.Combine(folder, "report.json"));
        Assert.Equal(text, JsonReport.Text(JsonReport.Parse(text)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.1, "1.1")]
    [InlineData(0.3149, "0.31")]
    [InlineData(0.0421, "0.042")]
    [InlineData(0.000034, "3.4e−5")]
    [InlineData(0.6, "0.60")]
    [InlineData(12.3, "12")]
    [InlineData(123.4, "123")]
    [InlineData(double.NaN, "–")]
    public void NumbersOfAHeatMapHaveTwoDigits(double value, string text) =>
        Assert.Equal(text, UAmtfl.Reporting.Charts.TransferChart.Number(value));

    [Fact]
    public void ChartsAreVectorGraphicsWithLabels()
    {
        ReportWriter.Write(Report.From(SampleRuns.Mnist()), folder);
        XNamespace svg = "http://www.w3.org/2000/svg";
        foreach (var file in Files(".").Where(f => f.EndsWith(".svg")))
        {
            var drawing = XDocument.Load(Path.Combine(folder, file));
            Assert.Equal(svg + "svg", drawing.Root!.Name);
            Assert.Empty(drawing.Descendants(svg + "image"));
            Assert.DoesNotContain("NaN", drawing.ToString());
            Assert.NotEmpty(drawing.Descendants(svg + "text"));
        }

        var error = XDocument.Load(Path.Combine(folder, "charts/error.svg")).Descendants(svg + "text").Select(t => t.Value).ToList();
        Assert.Superset(
            new HashSet<string> { "Cnn (baseline)", "MtCnn", "UAmtfl (proposed)", "FeatureNorm (control)", "test error %" },
            error.ToHashSet());
        var transfer = XDocument.Load(Path.Combine(folder, "charts/transfer-UAmtfl.svg"))
            .Descendants(svg + "text")
            .Select(t => t.Value).ToList();
        Assert.Equal(2, transfer.Count(t => t == "Nine"));
        Assert.Superset(new HashSet<string> { "from task", "to task" }, transfer.ToHashSet());
    }

    [Fact]
    public void AFamilyOf181TasksStaysUsable()
    {
        ReportWriter.Write(Report.From(SampleRuns.Drugs(181)), folder);
        var markdown = File.ReadAllText(Path.Combine(folder, "report.md"));
        Assert.Equal(20, markdown.Split('\n').Count(l => l.StartsWith("| Drug-", StringComparison.Ordinal)));
        Assert.Contains("| median |", markdown);
        XNamespace svg = "http://www.w3.org/2000/svg";
        var names = XDocument.Load(Path.Combine(folder, "charts/transfer-UAmtfl.svg"))
            .Descendants(svg + "text")
            .Count(t => t.Value.StartsWith("Drug-", StringComparison.Ordinal));
        Assert.Equal(2 * LearntTransfer.Kept, names);
        Assert.InRange(XDocument.Load(Path.Combine(folder, "charts/sigma-UAmtfl.svg")).Descendants(svg + "path").Count(), 5, 40);
    }

    [Fact]
    public void JsonParsesBackToTheSameReport()
    {
        var run = SampleRuns.Mnist();
        var text = JsonReport.Text(
            Report.From(
                run with
                {
                    Cells = [run.Cells[0], .. run.Cells.Skip(3).Select((c, i) => i == 0 ? c with { OverallError = double.NaN } : c)],
                }));
        Assert.Equal(text, JsonReport.Text(JsonReport.Parse(text)));
        using var json = JsonDocument.Parse(text);
        var variants = json.RootElement.GetProperty("variants");
        Assert.Equal("baseline", variants[0].GetProperty("info").GetProperty("role").GetString(), ignoreCase: true);
        Assert.Equal(JsonValueKind.Null, variants[0].GetProperty("overall")[0].GetProperty("sd").ValueKind);
        Assert.Equal(JsonValueKind.Null, variants[1].GetProperty("overall")[0].GetProperty("mean").ValueKind);
        Assert.Equal(10, variants[4].GetProperty("transfer").GetProperty("tasks").GetArrayLength());
        Assert.DoesNotContain("NaN", text);
    }

    [Fact]
    public void ConsoleShowsMethodsThenControlsThenTasksThenWords()
    {
        var text = Printed(SampleRuns.Mnist());
        string[] order =
        [
            "Cnn ", "UAmtfl ", "Controls", "FeatureNorm ", "Granularity", "Zero ", "UAmtfl: helped 9 of 10 tasks on the mean",
            "UAmtfl − FeatureNorm", "smallest p", "cannot fall below 0.25",
        ];
        var at = order.Select(o => text.IndexOf(o, StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Take(5).Order(), at.Take(5));
        Assert.True(at[4] < at[5] && at[5] < at[6] && at[6] < at[7] && at[7] < at[9]);
        Assert.Contains("one test row is worth 0.10 points", text);
        Assert.Contains("hurt on the mean only: Zero (+0.14 points, one test row is 0.10)", text);
    }

    [Fact]
    public void SignAndStarTellHurtFromHelped()
    {
        static float[][] Rows(int a, int b) => [.. Enumerable.Range(0, 40).Select(r => new[] { r < a ? 1f : 0f, r < b ? 1f : 0f })];
        var text = Printed(SampleRuns.Run(
            [SampleRuns.Variant("Base", VariantRole.Baseline), SampleRuns.Variant("Mine", VariantRole.Proposed)],
            [SampleRuns.Cell("Base", 0, Rows(10, 10)), SampleRuns.Cell("Mine", 0, Rows(30, 8))]));
        Assert.Contains("75.00 (+50.00*)", text);
        Assert.Contains("20.00 (−5.00)", text);
        Assert.Contains(
            "Mine: helped 1 of 2 tasks on the mean, none beyond the 95 % interval; hurt 1 beyond it: T0 (+50.00 points [", text);
    }

    [Fact]
    public void MissingCellsAndAMissingBaselineAreSaid()
    {
        var run = SampleRuns.Mnist();
        var text = Printed(run with { Cells = [.. run.Cells.Where(c => c.Variant != "Cnn" && (c.Variant, c.Seed) != ("MtCnn", 2))] });
        Assert.Contains("No baseline is among the finished results", text);
        Assert.Contains("Missing: Cnn: not finished.", text);
        Assert.Contains("Missing: MtCnn with seed 2: not finished.", text);
    }

    /// <summary>A run that was stopped before its first cell still gets a report, and mark-up in a name is printed as text.</summary>
    [Fact]
    public void NothingFinishedAndOddNamesAreNoError()
    {
        var run = SampleRuns.Run([SampleRuns.Variant("[red]A|B", VariantRole.Proposed)], []);
        ReportWriter.Write(Report.From(run), folder);
        Assert.Contains("[red]A|B", Printed(run));
        Assert.Contains("| **\\[red]A\\|B** |", File.ReadAllText(Path.Combine(folder, "report.md")));
    }

    internal static string Printed(RunResults run, int width = 400)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text),
            });
        console.Profile.Width = width;
        ConsoleReport.Print(Report.From(run), console);
        return text.ToString();
    }

    private List<string> Files(string below) =>
        [.. Directory.GetFiles(Path.Combine(folder, below), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(folder, below), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}
