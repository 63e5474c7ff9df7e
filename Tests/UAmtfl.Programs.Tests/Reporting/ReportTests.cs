using UAmtfl.Descriptors;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Reporting;

/// <summary>The numbers of the report, on runs for which they are computed by hand.</summary>
public sealed class ReportTests
{
    private static readonly VariantInfo Base = SampleRuns.Variant("Base", VariantRole.Baseline);
    private static readonly VariantInfo Mine = SampleRuns.Variant("Mine", VariantRole.Proposed);
    private static readonly VariantInfo Other = SampleRuns.Variant("Other", VariantRole.Method);
    private static readonly VariantInfo Ablation = SampleRuns.Variant("Ablation", VariantRole.Control);

    /// <summary>40 rows of 3 tasks, with the given numbers of errors.</summary>
    private static float[][] Rows(params int[] errors) =>
        [.. Enumerable.Range(0, 40).Select(row => errors.Select(e => row < e ? 1f : 0f).ToArray())];

    private static RunResults Hand() => SampleRuns.Run(
        [Ablation, Base, Other, Mine],
        [
            SampleRuns.Cell("Base", 0, Rows(10, 10, 10)), SampleRuns.Cell("Base", 1, Rows(10, 10, 10)),
            SampleRuns.Cell("Mine", 1, Rows(30, 9, 10)), SampleRuns.Cell("Mine", 0, Rows(30, 13, 0)),
            SampleRuns.Cell("Other", 0, Rows(0, 0, 0)), SampleRuns.Cell("Other", 1, Rows(11, 11, 11)),
        ]);

    [Fact]
    public void MeanAndSampleDeviation()
    {
        Assert.Equal(new Summary(2, 1, 3), Summary.Of([1, 2, 3]));
        Assert.Equal(double.NaN, Summary.Of([4]).Sd);
        Assert.Equal(double.NaN, Summary.Of([]).Mean);
        Assert.Equal(double.NaN, Summary.Of([1, double.NaN]).Mean);
    }

    [Fact]
    public void NegativeTransferIsALargerErrorThanTheBaselines()
    {
        var transfer = Variant(Report.From(Hand()), "Mine").Transfer!;

        // T0 has 20 errors more in both seeds; T1 has 3 more and 1 fewer, on average 1 more; T2 has 10 fewer and as many, on average 5
        // fewer.
        Assert.Equal([0.5, 0.025, -0.125], transfer.Tasks.Select(t => Math.Round(t.Delta, 9)));
        Assert.Equal(
            [TransferOutcome.HurtBeyondInterval, TransferOutcome.Hurt, TransferOutcome.HelpedBeyondInterval],
            transfer.Tasks.Select(t => t.Outcome));
        Assert.Equal(
            (2, 1, 1, 1), (transfer.HurtOnMean, transfer.HurtBeyondInterval, transfer.HelpedOnMean, transfer.HelpedBeyondInterval));
        Assert.Equal([0, 1], transfer.Seeds);
        Assert.Equal([2, 1], transfer.HurtPerRun);
        Assert.All(transfer.Tasks, t => Assert.InRange(t.Delta, t.Interval.Low, t.Interval.High));
    }

    [Fact]
    public void DifferencesThatCancelAreNoTransfer()
    {
        var report = Report.From(SampleRuns.Run([Base, Mine],
        [
            SampleRuns.Cell("Base", 0, Rows(7)), SampleRuns.Cell("Base", 1, Rows(11)), SampleRuns.Cell("Base", 2, Rows(13)),
            SampleRuns.Cell("Mine", 0, Rows(11)), SampleRuns.Cell("Mine", 1, Rows(13)), SampleRuns.Cell("Mine", 2, Rows(7)),
        ]));
        var transfer = Variant(report, "Mine").Transfer!;
        Assert.Equal(TransferOutcome.Same, transfer.Tasks[0].Outcome);
        Assert.Equal((0, 0), (transfer.HurtOnMean, transfer.HelpedOnMean));
        Assert.Equal([1, 1, 0], transfer.HurtPerRun);
    }

    [Fact]
    public void OrderOfRowsChangesNoMean()
    {
        var run = Hand();
        var reversed = run with { Cells = [.. run.Cells.Reverse().Select(c => c with { RowErrors = [.. c.RowErrors.Reverse()] })] };
        var (a, b) = (Report.From(run), Report.From(reversed));
        Assert.Equal(a.Variants.Select(v => v.Overall[0]), b.Variants.Select(v => v.Overall[0]));
        Assert.Equal(
            Variant(a, "Mine").Transfer!.Tasks.Select(t => (t.Delta, t.Outcome)),
            Variant(b, "Mine").Transfer!.Tasks.Select(t => (t.Delta, t.Outcome)));
        Assert.NotEqual(Variant(a, "Mine").Transfer!.Tasks[0].Interval, Interval.None);
    }

    /// <summary>Rows that belong to another task are NaN, and count neither as rows nor as differences.</summary>
    [Fact]
    public void RowsOfOtherTasksAreLeftOut()
    {
        float[][] Mixed(int errors) =>
        [
            .. Enumerable.Range(0, 30).Select(r => r < 10 ? new[] { r < errors ? 1f : 0f, float.NaN } : [float.NaN, 0f]),
        ];
        var report = Report.From(
            SampleRuns.Run([Base, Mine], [SampleRuns.Cell("Base", 0, Mixed(0)), SampleRuns.Cell("Mine", 0, Mixed(10))]));
        Assert.Equal([10, 20], report.TestRows);
        Assert.Equal(new Interval(1, 1), Variant(report, "Mine").Transfer!.Tasks[0].Interval);
        Assert.Equal(TransferOutcome.Same, Variant(report, "Mine").Transfer!.Tasks[1].Outcome);
    }

    /// <summary>Seeds with rows of their own may have different numbers of rows and are resampled independently. If the error is the same
    /// in all rows of a seed, the interval has no width, which resampling the rows of all seeds together would not give.</summary>
    [Fact]
    public void SeedsWithRowsOfTheirOwnAreResampledApart()
    {
        static float[][] All(int rows, float error) => [.. Enumerable.Repeat(0, rows).Select(_ => new[] { error })];
        var report = Report.From(SampleRuns.Run([Base, Mine],
            [
                SampleRuns.Cell("Base", 0, All(20, 0)), SampleRuns.Cell("Base", 1, All(35, 0)),
                SampleRuns.Cell("Mine", 0, All(20, 1)), SampleRuns.Cell("Mine", 1, All(35, 0)),
            ],
            sharedTest: false));
        Assert.Equal(new Interval(0.5, 0.5), Variant(report, "Mine").Transfer!.Tasks[0].Interval);
        Assert.Equal([20], report.TestRows);
    }

    [Fact]
    public void ProposedIsPairedWithEveryOtherVariantBySeed()
    {
        var run = Hand();
        var report = Report.From(run with { Cells = [.. run.Cells, SampleRuns.Cell("Ablation", 1, Rows(10, 10, 10))] });
        Assert.Equal(["Base", "Other", "Ablation"], report.Comparisons.Select(c => c.Other));
        Assert.All(report.Comparisons, c => Assert.Equal("Mine", c.Variant));
        Assert.Equal([2, 2, 1], report.Comparisons.Select(c => c.Difference.Count));

        // The errors of Mine are 43/120 and 49/120, those of Base 30/120 in both seeds.
        Assert.Equal(16.0 / 120, report.Comparisons[0].Difference.Mean, 12);
        Assert.Equal(0.5, report.Comparisons[0].P);
        Assert.Equal(0.5, report.Comparisons[0].SmallestP);
    }

    [Fact]
    public void WithoutAProposedVariantAllAreComparedWithTheBaseline()
    {
        var run = Hand();
        var report = Report.From(
            run with { Variants = [.. run.Variants.Select(v => v == Mine ? v with { Role = VariantRole.Method } : v)] });
        Assert.Equal([("Other", "Base"), ("Mine", "Base"), ("Ablation", "Base")], report.Comparisons.Select(c => (c.Variant, c.Other)));
        Assert.Equal(double.NaN, report.Comparisons[2].P);
    }

    [Fact]
    public void CellsThatAreMissingOrDivergedAreListed()
    {
        var run = Hand();
        var cells = run.Cells.Where(c => (c.Variant, c.Seed) != ("Other", 1))
            .Select(c => (c.Variant, c.Seed) == ("Mine", 0) ? c with { OverallError = double.NaN } : c);
        var report = Report.From(run with { Cells = [.. cells] });
        Assert.Equal(
            [
                new UnusableCell("Ablation", null, "not finished"), new UnusableCell("Other", 1, "not finished"),
                new UnusableCell("Mine", 0, "its overall error is not finite"),
            ],
            report.Unusable);
        Assert.Equal([0], Variant(report, "Other").Transfer!.Seeds);
        Assert.Equal(double.NaN, Variant(report, "Mine").Overall[0].Mean);
        Assert.Equal(1, report.Comparisons.Single(c => c.Other == "Base").Difference.Count);
    }

    [Fact]
    public void CellsThatDoNotFitAreRefused()
    {
        var run = Hand();
        Assert.Throws<ArgumentException>(() => Report.From(run with { Cells = [.. run.Cells, run.Cells[0]] }));
        Assert.Throws<ArgumentException>(() => Report.From(run with { Variants = [Base, Mine] }));
        Assert.Throws<ArgumentException>(() => Report.From(run with { Seeds = [0] }));
        Assert.Throws<ArgumentException>(() => Report.From(run with { Tasks = SampleRuns.Tasks(TaskKind.Binary, ["T0"]) }));
        Assert.Throws<ArgumentException>(
            () => Report.From(run with { Cells = [.. run.Cells.Skip(1), run.Cells[0] with { RowErrors = [[0, 0, 0]] }] }));
    }

    private static VariantReport Variant(Report report, string name) => report.Variants.Single(v => v.Info.Name == name);
}
