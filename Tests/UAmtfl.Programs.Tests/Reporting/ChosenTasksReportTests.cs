using UAmtfl.Descriptors;
using UAmtfl.Reporting;
using UAmtfl.Reporting.Sections;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Reporting;

/// <summary>The report of variants that are trained on some of the tasks.</summary>
public sealed class ChosenTasksReportTests
{
    private static readonly VariantInfo Base = SampleRuns.Variant("Base", VariantRole.Baseline);
    private static readonly VariantInfo Other = SampleRuns.Variant("Other", VariantRole.Method);
    private static readonly VariantInfo Pair = SampleRuns.Variant("Pair", VariantRole.Method) with { TrainedOn = ["T0", "T2"] };

    [Fact]
    public void ATaskThatIsNotTrainedHasNoNumber()
    {
        var report = Report.From(Errors());
        var text = MarkdownReport.Text(report);
        Assert.Contains("| T1 | 40 | 25.00 | 27.50 (+2.50) | not trained |", text);
        Assert.Contains("| T2 | 40 | 25.00 | 27.50 (+2.50) | **50.00 (+25.00\\*)** |", text);
        Assert.Contains("Trained on some of the 3 tasks, over which their means and NT are, so that they are neither ranked nor ", text);
        Assert.DoesNotContain("Undefined", text);
        var transfer = report.Variants.Single(v => v.Info == Pair).Transfer!;
        Assert.Equal((1, 1, 1, 1),
            (transfer.HurtOnMean, transfer.HurtBeyondInterval, transfer.HelpedOnMean, transfer.HelpedBeyondInterval));
        Assert.Equal(TransferOutcome.Unknown, transfer.Tasks[1].Outcome);
        Assert.Equal([40, 40, 40], report.TestRows);
    }

    /// <summary>If no compared variant has a value in a group of tasks with one metric, that group has no chart of improvements, and no
    /// result is missing.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AGroupOfTasksWithoutAnyImprovementHasNoChart(bool trained)
    {
        using var folder = new TemporaryFolder();
        var tasks = new TaskSet([new("Sick", TaskKind.Binary, 1), new("Dose", TaskKind.Regression, 1)], [0, 1], false);
        float[][] Rows(int wrong, float dose) => [.. Enumerable.Range(0, 40).Select(r => new[] { r < wrong ? 1f : 0, dose })];
        var report = Report.From(SampleRuns.Run(
            [Base, trained ? Other : Other with { TrainedOn = ["Sick"] }],
            [
                .. ((int[])[1, 2]).SelectMany(s => new[]
                {
                    SampleRuns.Cell("Base", s, Rows(10, trained ? float.NaN : 3)), SampleRuns.Cell("Other", s, Rows(8, float.NaN)),
                }).Select(c => c with { ConstantPredictions = [c.Variant == "Other" && (c.Seed == 1 || !trained), false] }),
            ],
            tasks: tasks));
        Assert.Empty(report.Unusable);
        ReportWriter.Write(report, folder.Path);
        Assert.Single(Directory.GetFiles(folder.Path, "improvement*.svg", SearchOption.AllDirectories));
        var text = MarkdownReport.Text(report);
        Assert.Contains(
            trained ? "Other: predicts the same for every test row on Sick in at least one run; helped 1 of 2 tasks"
                : "Other: predicts the same for every test row on all tasks that it is trained on, which is to have learnt nothing",
            text);
    }

    [Fact]
    public void OthersAreComparedAsIfItWereNotThere()
    {
        var (with, without) = (Report.From(Errors()), Report.From(Errors(pair: false)));
        Assert.Equal(without.Ranks!.Variants, with.Ranks!.Variants);
        Assert.Equal(without.Ranks.Test.MeanRanks, with.Ranks.Test.MeanRanks);
        Assert.Equal(without.Comparisons, with.Comparisons);
        Assert.Equal(
            without.Variants.Single(v => v.Info == Other).Transfer!.Tasks, with.Variants.Single(v => v.Info == Other).Transfer!.Tasks);
    }

    /// <summary>A method that serves one task at a time has the numbers of the variant that serves the task.</summary>
    [Fact]
    public void AMethodOfSeveralVariantsHasTheNumbersOfEach()
    {
        var section = FocusSection.Of(Report.From(Errors()), "Served", "served",
        [
            new("Best", new Dictionary<string, string> { ["T0"] = "Other", ["T2"] = "Pair" }),
            new("Missing", new Dictionary<string, string> { ["T0"] = "Nobody" }),
            new("Half", new Dictionary<string, string> { ["T0"] = "Pair", ["T2"] = "Nobody" }),
        ])!;
        Assert.Equal(["task", "test rows", "Base", "Best", "Half"], section.Tables[0].Columns);
        Assert.Equal(
            [["T0", "40", "25.00", "27.50 (+2.50)", "0.00 (−25.00*)"], ["T2", "40", "25.00", "50.00 (+25.00*)", "–"]],
            section.Tables[0].Rows.Select(r => r.Cells.Select(c => c.Text)));
        Assert.Contains("Best: Other, Pair.", section.Lines);
        Assert.Equal("served.svg", section.Charts.Single().File);
        Assert.Contains(">Best<", section.Charts.Single().Svg());
        Assert.Null(FocusSection.Of(Report.From(Errors()), "Served", "served", [new("No", new Dictionary<string, string>())]));
    }

    /// <summary>Areas under curves are paired by scores, of which there are none for a task that is not trained, nor labels.</summary>
    [Fact]
    public void AreasUnderCurvesArePairedToo()
    {
        float[][] labels = [.. Enumerable.Range(0, 20).Select(r => new[] { r < 10 ? 0f : 1, r % 2 })];
        float[][] scores = [.. Enumerable.Range(0, 20).Select(r => new float[] { r - 9.5f, r })];
        float[][] some = [.. scores.Select((row, r) => r == 19 ? [-99f, float.NaN] : new[] { row[0], float.NaN })];
        float[][] own = [.. labels.Select(row => new[] { row[0], float.NaN })];
        var pair = Pair with { TrainedOn = ["T0"] };
        var report = Report.From(SampleRuns.Run(
            [Base, pair],
            [ScoredRuns.Areas("Base", 1, scores, labels), ScoredRuns.Areas("Pair", 1, some, own)],
            tasks: SampleRuns.Tasks(TaskKind.Binary, ["T0", "T1"]) with { Metrics = [TaskMetric.RocAuc] }));
        var tasks = report.Variants.Single(v => v.Info == pair).Transfer!.Tasks;
        Assert.Equal(0.1, tasks[0].Delta, 1e-9);
        Assert.Equal(double.NaN, tasks[1].Delta);
        Assert.Equal(double.NaN, tasks[1].P);
        Assert.Equal([20, 20], report.TestRows);
    }

    [Fact]
    public void LabelsOfTrainedTasksMustBeTheSame()
    {
        float[][] labels = [.. Enumerable.Range(0, 20).Select(r => new[] { r < 10 ? 0f : 1, r % 2 })];
        float[][] scores = [.. Enumerable.Range(0, 20).Select(r => new float[] { r - 9.5f, r })];
        float[][] other = [.. labels.Select((row, r) => new[] { r == 3 ? 1 - row[0] : row[0], float.NaN })];
        var run = SampleRuns.Run(
            [Base, Pair],
            [ScoredRuns.Areas("Base", 1, scores, labels), ScoredRuns.Areas("Pair", 1, scores, other)],
            tasks: SampleRuns.Tasks(TaskKind.Binary, ["T0", "T1"]) with { Metrics = [TaskMetric.RocAuc] });
        Assert.Contains("they cannot be paired", Assert.Throws<ArgumentException>(() => Report.From(run)).Message);
    }

    private static RunResults Errors(bool pair = true) => SampleRuns.Run(
        pair ? [Base, Other, Pair] : [Base, Other],
        [
            .. Enumerable.Range(0, 2).SelectMany(seed => new[]
            {
                SampleRuns.Cell("Base", seed, Rows(10, 10, 10)), SampleRuns.Cell("Other", seed, Rows(11, 11, 11)),
                SampleRuns.Cell("Pair", seed, [.. Rows(0, 0, 20).Select(row => new[] { row[0], float.NaN, row[2] })]) with
                {
                    OverallError = 0.25,
                },
            }).Where(c => pair || c.Variant != "Pair"),
        ]);

    private static float[][] Rows(params int[] errors) =>
        [.. Enumerable.Range(0, 40).Select(row => errors.Select(e => row < e ? 1f : 0f).ToArray())];
}
