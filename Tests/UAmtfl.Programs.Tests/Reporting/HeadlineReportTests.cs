using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Reporting;

/// <summary>Reports whose headline is another metric than the error, or several metrics.</summary>
public sealed class HeadlineReportTests
{
    /// <summary>A smaller area counts as negative transfer. In one of two runs the last positive of Mine loses its ten pairs, so that its
    /// areas are 0.9 and 1 and Δ = +0.05.</summary>
    [Fact]
    public void AreasAreShownAsTheyAreAndALossOfAreaIsNegativeTransfer()
    {
        var report = Report.From(ScoredRuns.OneClass());
        var mine = report.Variants.Single(v => v.Info.Name == "Mine");
        Assert.Equal([0.95, double.NaN], mine.TaskValues, Close);
        Assert.Equal(0.95, mine.Overall[0].Mean, 12);
        Assert.Equal(0.05, mine.Transfer!.Tasks[0].Delta, 12);
        Assert.Equal(TransferOutcome.Hurt, mine.Transfer.Tasks[0].Outcome);
        Assert.InRange(mine.Transfer.Tasks[0].Interval.High, 0.05, 0.3);
        Assert.Equal(0, mine.Transfer.Tasks[0].Interval.Low);
        Assert.Equal(TransferOutcome.Unknown, mine.Transfer.Tasks[1].Outcome);
        Assert.Equal(-5, mine.Transfer.Tasks[0].Improvement, 9);
        Assert.Equal([20, 20], report.TestRows);
        Assert.Equal([1, 0], mine.Transfer.HurtPerRun);
        Assert.Equal(0.05, report.Comparisons[0].Difference.Mean, 12);

        var text = WriterTests.Printed(ScoredRuns.OneClass());
        Assert.Contains("mean ROC-AUC ↑", text);
        Assert.Contains("0.9500 ± 0.0707", text);
        Assert.Contains("0.9500 (+0.0500)", text);
        Assert.Contains("higher is better", text);
        Assert.Contains("Undefined in at least one run and left out of that run's mean: ROC-AUC on 1 of 2 tasks (T1).", text);
        Assert.Matches(@"Mine\s+0\.9500\s*\n", text);
        Assert.Contains("differences of ROC-AUC, where higher is better, have the sign turned", text);
    }

    [Fact]
    public void SeedsWithRowsOfTheirOwnHaveAreasOfTheirOwn()
    {
        var run = ScoredRuns.OneClass();
        Assert.NotEqual(Interval.None, Report.From(run with { SharedTest = false }).Variants[1].Transfer!.Tasks[0].Interval);
        var other = run.Cells.Select(c => c.Variant == "Mine" ? c with { Labels = [.. c.Labels!.Reverse()] } : c);
        Assert.Contains("cannot be paired", Assert.Throws<ArgumentException>(() => Report.From(run with { Cells = [.. other] })).Message);
        var none = run.Cells.Select(c => c with { Scores = null, Labels = null });
        Assert.Contains(
            "which ROC-AUC needs", Assert.Throws<ArgumentException>(() => Report.From(run with { Cells = [.. none] })).Message);
    }

    /// <summary>The root of the mean square is taken in each resample. For the constant squares 4 and 9 the interval has no
    /// width.</summary>
    [Fact]
    public void RootsAreResampledAsRoots()
    {
        var run = SampleRuns.Run(
            [ScoredRuns.Base, ScoredRuns.Mine],
            [
                Root(SampleRuns.Cell("Base", 1, [.. Enumerable.Repeat(new[] { 4f }, 9)])),
                Root(SampleRuns.Cell("Mine", 1, [.. Enumerable.Repeat(new[] { 9f }, 9)])),
            ],
            tasks: SampleRuns.Tasks(TaskKind.Regression, ["R"]) with { Metrics = [TaskMetric.Rmse] });
        var transfer = Report.From(run).Variants[1].Transfer!.Tasks[0];
        Assert.Equal((1.0, new Interval(1, 1)), (transfer.Delta, transfer.Interval));

        static UAmtfl.Evaluation.CellResult Root(UAmtfl.Evaluation.CellResult cell) =>
            cell with { TaskErrors = [Math.Sqrt(cell.TaskErrors[0])], OverallError = Math.Sqrt(cell.TaskErrors[0]) };
    }

    [Fact]
    public void MixedKindsHaveAColumnEachAndNoCommonMean()
    {
        var report = Report.From(ScoredRuns.Mixed());
        var mine = report.Variants.Single(v => v.Info.Name == "Mine");
        Assert.Equal([0.25, 3.5], mine.Overall.Select(o => o.Mean), Close);
        Assert.Equal(
            [(TaskMetric.Error, 0.05), (TaskMetric.Mse, -3.5)],
            report.Comparisons.Select(c => (c.Metric, Math.Round(c.Difference.Mean, 9))));

        // The changes 0, −50 %, −25 %, +80 % are relative to the baseline's 20 %, 20 %, 4 and 10.
        Assert.Equal([0, -50, -25, 80], mine.Transfer!.Tasks.Select(t => t.Improvement), Close);
        Assert.Equal(("B1", 50.0, true), (mine.Summary!.WorstTask, Math.Round(mine.Summary.Regret, 9), mine.Summary.Relative));
        Assert.Equal((1.25, 4), (Math.Round(mine.Summary.Improvement, 9), mine.Summary.ImprovementTasks));

        var text = WriterTests.Printed(ScoredRuns.Mixed());
        Assert.Contains("mean error %", text);
        Assert.Contains("mean squared error", text);
        Assert.Matches(@"B1\s+error %\s+1000\s+40\s+20\.00\s+30\.00 \(\+10\.00\*\)", text);
        Assert.Matches(@"R0\s+squared error\s+10\s+40\s+4\.0000\s+5\.0000 \(\+1\.0000\*\)", text);
        Assert.Contains(
            "Granularity: the error task with the fewest test rows is B0, with 40; "
                + "in one run, one test row is worth 2.50 points of its error.",
            text);
        Assert.Contains(
            "Granularity: the MSE task with the fewest test rows is R0, with 40; in one run, one test row is worth 2.5 % of its mean.",
            text);
        Assert.Contains("B1 (+10.00 points", text);
        Assert.Contains("R0 (+1.0000 [", text);
    }

    /// <summary>Tasks of mixed kinds have one number in common, the relative error, which has no unit.</summary>
    [Fact]
    public void MixedKindsHaveARelativeErrorInCommon()
    {
        var run = ScoredRuns.Mixed();
        run = run with { Cells = [.. run.Cells.Select(c => c with { RelativeError = c.Variant == "Mine" ? 0.75 : 0.5 })] };
        var report = Report.From(run);
        Assert.Equal(new Summary(0.75, 0, 2), report.Variants[1].Relative);
        Assert.Equal([null, TaskMetric.Error, TaskMetric.Mse], report.Comparisons.Select(c => c.Metric));
        Assert.Equal((new Summary(0.25, 0, 2), 0.5), (report.Comparisons[0].Difference, report.Comparisons[0].P));
        Assert.Equal(report.Comparisons, JsonReport.Parse(JsonReport.Text(report)).Comparisons);
        var text = WriterTests.Printed(run);
        Assert.Matches(@"variant\s+composition\s+relative error\s+mean error %", text);
        Assert.Matches(@"Mine\s+Mine \+ L2\s+0\.75000 ± 0\.00000\s+25\.00", text);
        Assert.Matches(@"Mine − Base\s+relative error\s+\+0\.25000 ± 0\.00000\s+2\s+0\.5", text);
        Assert.Contains("Relative error: the mean over all tasks of the error divided by the mean predictor's on the same rows", text);
    }

    /// <summary>A task that the relative error leaves out, because its labels do not vary, is named.</summary>
    [Fact]
    public void ATaskThatTheRelativeErrorLeavesOutIsNamed()
    {
        var run = ScoredRuns.Mixed();
        var left = "Undefined in at least one run and left out of that run's mean: relative error ";
        Assert.DoesNotContain(left, WriterTests.Printed(run));
        var constant = run.Tasks.Tasks.Select((_, t) => t == 1).ToArray();
        run = run with { Cells = [.. run.Cells.Select(c => c with { RelativeError = 0.5, LeftOut = c.Seed == 1 ? constant : [] })] };
        Assert.Contains($"{left}on 1 of {constant.Length} tasks ({run.Tasks.Tasks[1].Name}).", WriterTests.Printed(run));
    }

    /// <summary>Squared errors whose units differ by more than ten times have no mean over tasks: it is not printed, and as a headline it
    /// is warned of. R² has no unit and keeps its mean.</summary>
    [Theory, InlineData(9.0, true), InlineData(11.0, false)]
    public void ErrorsOfUnitsThatDifferMuchHaveNoMean(double ratio, bool mean)
    {
        var run = SampleRuns.Run(
            [ScoredRuns.Base, ScoredRuns.Mine],
            [Cell("Base", 0.5), Cell("Mine", 0.75)],
            tasks: SampleRuns.Tasks(TaskKind.Regression, ["Rating", "Price"]));
        var report = Report.From(run);
        Assert.Equal([2, 2 * ratio], report.LabelVariances, Close);
        var text = MarkdownReport.Text(report);
        var section = text[text.IndexOf("## Metrics", StringComparison.Ordinal)..];
        Assert.Contains("R² ↑", section);
        Assert.Contains("RMSE ↓", section);
        Assert.Equal(mean, section.Contains("MSE ↓ |", StringComparison.Ordinal) && section.Contains("| MSE ↓", StringComparison.Ordinal));
        Assert.Equal(
            !mean,
            section.Contains(
                "MSE has no mean over tasks here, because their units differ by more than 10 times: "
                    + "predicting the mean has a squared error of 2 on Rating and of 22 on Price.",
                StringComparison.Ordinal));
        Assert.Equal(
            !mean,
            text.Contains(
                "Warning: mean squared error is a mean over tasks whose units differ by more than 10 times", StringComparison.Ordinal));

        UAmtfl.Evaluation.CellResult Cell(string name, double residual)
        {
            double[] squares = [2 * residual, 2 * ratio * residual];
            return SampleRuns.Cell(name, 1, [.. Enumerable.Repeat(Array.ConvertAll(squares, s => (float)s), 9)]) with
            {
                TaskMetrics = new Dictionary<string, double[]>
                {
                    ["Mse"] = squares,
                    ["Rmse"] = Array.ConvertAll(squares, Math.Sqrt),
                    ["R2"] = [1 - residual, 1 - residual],
                },
            };
        }
    }

    /// <summary>Both reports print the objective of each variant, and its signs are not taken for mark-up.</summary>
    [Fact]
    public void ObjectivesArePrintedALineAVariant()
    {
        var run = ScoredRuns.Mixed();
        run = run with { Variants = [run.Variants[0] with { Objective = "Σ_t CE(o_t, y_t) + λ‖W‖_*" }, run.Variants[1]] };
        Assert.Contains("\nObjectives\nBase: Σ_t CE(o_t, y_t) + λ‖W‖_*\n", WriterTests.Printed(run).ReplaceLineEndings("\n"));
        Assert.Contains("\n## Objectives\n\n- Base: Σ_t CE(o_t, y_t) + λ‖W‖\\_\\*\n\n## Run\n", MarkdownReport.Text(Report.From(run)));
        Assert.DoesNotContain("Objectives", WriterTests.Printed(ScoredRuns.Mixed()));
    }

    /// <summary>If every variant predicts one class, the report warns that nothing was learnt, instead of saying that no task is
    /// hurt.</summary>
    [Fact]
    public void WhereNothingWasLearntTheReportSaysSo()
    {
        float[][] rows = [.. Enumerable.Range(0, 40).Select(r => new[] { r < 8 ? 1f : 0, r < 4 ? 1f : 0 })];
        UAmtfl.Evaluation.CellResult Of(string name) => SampleRuns.Cell(name, 1, rows) with { ConstantPredictions = [true, true] };
        var text = WriterTests.Printed(SampleRuns.Run([ScoredRuns.Base, ScoredRuns.Mine], [Of("Base"), Of("Mine")]));
        Assert.Contains("Warning: nothing was learnt. Every variant predicts the same for every test row on all tasks", text);
        Assert.DoesNotContain("Warning: Mine", text);
        Assert.Contains("Mine: predicts the same for every test row on all tasks, which is to have learnt nothing; equal to Base", text);

        var half = WriterTests.Printed(SampleRuns.Run(
            [ScoredRuns.Base, ScoredRuns.Mine],
            [Of("Base") with { ConstantPredictions = [] }, Of("Mine") with { ConstantPredictions = [true, false] }]));
        Assert.DoesNotContain("nothing was learnt", half);
        Assert.Contains("Mine: predicts the same for every test row on T0 in at least one run; equal to Base on all 2 tasks.", half);
    }

    private static bool Close(double a, double b) => a.Equals(b) || Math.Abs(a - b) < 1e-9;
}
