using UAmtfl.Descriptors;
using UAmtfl.Hosting;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;
using Cell = UAmtfl.Hosting.Cell;
using Number = UAmtfl.Reporting.Sections.Cell;

namespace UAmtfl.Tests.Hosting;

/// <summary>A study's own section appears on the console and in both report files. If it fails, the rest of the report is still
/// written.</summary>
public sealed class ReportSectionTests : IDisposable
{
    private static readonly ExperimentDescriptor Experiment = Fake.Experiment();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ASectionIsEverywhere()
    {
        var (code, printed, errors) = await Report(Create(), (report, results) => new(
            "Mine",
            [new(["variant", "weight"], 1, [.. results.Cells.Select(c => new Row(c.Variant, Number.Of(c.Weights["W"][0][1], "0.00")))])],
            [$"Of {report.Seeds.Count} seeds."]));
        Assert.Equal((ExitCode.Success, ""), (code, errors));
        Assert.Matches(@"(?s)Mine.*weight.*Cnn\s+1\.25.*UAmtfl\s+1\.25.*Of 1 seeds\.", printed);
        var markdown = File.ReadAllText(Path.Combine(Run, "report.md"));
        const string table = "| variant | weight |\n|---|--:|\n| Cnn | 1.25 |\n| UAmtfl | 1.25 |";
        Assert.Contains($"\n## Mine\n\n{table}\n\n- Of 1 seeds.\n", markdown, StringComparison.Ordinal);
        var section = Assert.Single(JsonReport.Parse(File.ReadAllText(Path.Combine(Run, "report.json"))).Sections);
        Assert.Equal("Mine", section.Heading);
        Assert.Equal([null, 1.25], section.Tables[0].Rows[1].Cells.Select(c => c.Value));
    }

    [Fact]
    public async Task ASectionThatCannotBeMadeIsSaidAndLeftOut()
    {
        var (code, printed, errors) = await Report(Create(), (_, _) => throw new InvalidOperationException("no weights"));
        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal(
            "error: a section that mnist adds to its report cannot be made (InvalidOperationException: no weights); it is left out\n",
            errors);
        Assert.Contains("2 of 2 cells finished", printed, StringComparison.Ordinal);
        Assert.Empty(JsonReport.Parse(File.ReadAllText(Path.Combine(Run, "report.json"))).Sections);
    }

    [Fact]
    public async Task NoSectionIsMadeOfNothingOrForAnotherExperiment()
    {
        var run = Create();
        Assert.Equal((ExitCode.Success, ""), await Quiet(Fake.Experiment(), (_, _) => null));
        Assert.Equal((ExitCode.Success, ""), await Quiet(Fake.Experiment(name: "other"), (_, _) => throw new InvalidOperationException()));
        Assert.DoesNotContain("## Mine", File.ReadAllText(Path.Combine(Run, "report.md")), StringComparison.Ordinal);

        async Task<(int Code, string Errors)> Quiet(ExperimentDescriptor of, Func<Report, RunResults, Section?> make)
        {
            var (code, _, errors) = await Report(run, make, of);
            return (code, errors);
        }
    }

    /// <summary>A cell stores its small weight matrices. If it is trained again, none of the earlier ones remain.</summary>
    [Fact]
    public void WeightsAreStoredAndReplaced()
    {
        var files = Create().Cell(new("Cnn", 1));
        Assert.Equal([[1, 1.25f], [3, 4]], files.Read(Experiment.Tasks).Weights["W"]);
        var other = new Dictionary<string, float[][]> { ["Trunk.Linear1.weight"] = [[7]] };
        files.Finish(Fake.Result(new("Cnn", 1)) with { Weights = other }, Experiment.Tasks);
        var weights = files.Read(Experiment.Tasks).Weights;
        Assert.Equal(["Trunk.Linear1.weight"], weights.Keys);
        Assert.Equal([[7]], weights.Values.Single());
        File.WriteAllText(Path.Combine(files.FullPath, "weights-Trunk.Linear1.weight.npy"), "none");
        var damaged = files.Read(Experiment.Tasks);
        var refused = Assert.Throws<UAmtflException>(() => damaged.Weights);
        Assert.Contains("weights-Trunk.Linear1.weight.npy is damaged", refused.Message, StringComparison.Ordinal);
    }

    private string Run { get; set; } = "";

    private static async Task<(int Code, string Printed, string Errors)> Report(
        RunFolder run, Func<Report, RunResults, Section?> make, ExperimentDescriptor? of = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var said = new StringWriter { NewLine = "\n" };
        var before = Console.Error;
        Console.SetError(said);
        try
        {
            var context = Fake.Context(output, "report", run.FullPath) with
            {
                Configure = services => services.AddExperiment(Experiment).AddReportSection(of ?? Experiment, make),
            };
            return (await Verbs.InvokeAsync(context), output.ToString(), said.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private RunFolder Create()
    {
        var run = Fake.Resolve(new() { Experiment = "mnist", Seeds = 1 });
        var made = RunFolder.Create(folder.Path, Fake.Manifest(run));
        Run = made.FullPath;
        foreach (var cell in Cell.All(["Cnn", "UAmtfl"], [1]))
        {
            var weights = new Dictionary<string, float[][]> { ["W"] = [[1, 1.25f], [3, 4]] };
            Fake.Finish(made, Fake.Result(cell) with { Weights = weights }, Experiment.Tasks);
        }

        return made;
    }
}
