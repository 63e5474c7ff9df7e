using UAmtfl.Descriptors;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Reporting;

namespace UAmtfl.Tests.Reporting;

/// <summary>Statements over all tasks: regret, improvement, ranks, correlation, adjusted counts, references, warnings.</summary>
public sealed class OverTasksTests
{
    private static readonly VariantInfo Base = SampleRuns.Variant("Base", VariantRole.Baseline);
    private static readonly VariantInfo Single = SampleRuns.Variant("Single", VariantRole.Reference);
    private static readonly VariantInfo Mine = SampleRuns.Variant("Mine", VariantRole.Proposed);

    /// <summary>100 rows for each task, with the given numbers of errors.</summary>
    private static float[][] Rows(params int[] errors) =>
        [.. Enumerable.Range(0, 100).Select(row => errors.Select(e => row < e ? 1f : 0f).ToArray())];

    /// <summary>A run in which the errors of Mine differ from those of Base (10, 20, 30, 40) by −5, +30, 0, −40, and from those of Single
    /// (20, 50, 20, 0) by −15, 0, +10, 0.</summary>
    private static RunResults Hand(params int[] mine) => SampleRuns.Run(
        [Base, Single, Mine],
        [
            .. new[]
                {
                    ("Base", Rows(10, 20, 30, 40)), ("Single", Rows(20, 50, 20, 0)),
                    ("Mine", Rows(mine.Length == 0 ? [5, 50, 30, 0] : mine)),
                }
                .Select(c => SampleRuns.Cell(c.Item1, 1, c.Item2) with { TrainCounts = [10, 10_000, 100, 1] }),
        ]);

    [Fact]
    public void RegretImprovementAndCorrelation()
    {
        var report = Report.From(Hand());
        var summary = report.Variants.Single(v => v.Info.Name == "Mine").Summary!;
        Assert.Equal(("T1", 0.30), (summary.WorstTask, Math.Round(summary.Regret, 9)));

        // The improvements are +50 %, −150 %, 0 % and +100 %.
        Assert.Equal((0.0, 4), (Math.Round(summary.Improvement, 9), summary.ImprovementTasks));

        // The differences −0.05, 0.3, 0, −0.4 and the training counts 10, 10000, 100, 1 are in the same order.
        Assert.Equal(1, summary.Spearman, 9);
        Assert.Equal(Correlation.Pearson([-0.05, 0.3, 0, -0.4], [1, 4, 2, 0]), summary.Pearson, 9);
        Assert.Equal([10, 10_000, 100, 1], report.TrainCounts);
        Assert.Null(report.Variants.Single(v => v.Info.Name == "Base").Summary);
    }

    /// <summary>A task on which the baseline makes no error has no improvement in per cent, and the report counts the others.</summary>
    [Fact]
    public void ImprovementSaysForHowManyTasksItIsDefined()
    {
        var run = Hand();
        var report = Report.From(run with { Cells = [SampleRuns.Cell("Base", 1, Rows(0, 20, 30, 40)), .. run.Cells.Skip(1)] });
        Assert.Equal(3, report.Variants.Single(v => v.Info.Name == "Mine").Summary!.ImprovementTasks);
    }

    /// <summary>The ranks of Base, Single and Mine on the four tasks are 2 3 1, 1 2.5 2.5, 2.5 1 2.5 and 3 1.5 1.5.</summary>
    [Fact]
    public void MethodsAreRankedOverTasks()
    {
        var ranks = Report.From(Hand()).Ranks!;
        Assert.Equal(["Base", "Single", "Mine"], ranks.Variants);
        Assert.Equal([8.5 / 4, 8.0 / 4, 7.5 / 4], ranks.Test.MeanRanks);
        Assert.Equal(7.5 / 4, ranks.RankOf("Mine"));
        Assert.Equal(double.NaN, ranks.RankOf("Nobody"));
    }

    /// <summary>Tasks count as hurt or helped after an adjustment for their number. In none of 2000 resamples do 30 errors more, or 40
    /// fewer, change their sign; 5 errors fewer do in a few.</summary>
    [Fact]
    public void CountsAreAdjustedForTheNumberOfTasks()
    {
        var transfer = Report.From(Hand()).Variants.Single(v => v.Info.Name == "Mine");
        var p = transfer.Transfer!.Tasks.Select(t => t.P).ToArray();
        Assert.Equal(PairedBootstrap.SmallestP, p[1]);
        Assert.Equal(1, p[2]);
        Assert.Equal(MultipleTests.Holm(p), transfer.Transfer.Tasks.Select(t => t.PHolm));
        Assert.Equal(MultipleTests.BenjaminiHochberg(p), transfer.Transfer.Tasks.Select(t => t.PBenjaminiHochberg));
        Assert.Equal((1, 1), (transfer.Summary!.HurtHolm, transfer.Summary.HurtBenjaminiHochberg));
        Assert.InRange(transfer.Summary.HelpedHolm, 1, 2);
    }

    [Fact]
    public void NegativeTransferIsCountedAgainstEveryReference()
    {
        var report = Report.From(Hand());
        Assert.Equal(["Base", "Single"], report.References);
        Assert.Equal(
            [new ReferenceTransfer("Base", 1, 1, 2, 2), new ReferenceTransfer("Single", 1, 1, 1, 1)],
            report.Variants.Single(v => v.Info.Name == "Mine").Against);
        Assert.Equal(["Base"], report.Variants.Single(v => v.Info.Name == "Single").Against.Select(a => a.Reference));
        Assert.Equal(["Single"], report.Variants.Single(v => v.Info.Name == "Base").Against.Select(a => a.Reference));
        var text = WriterTests.Printed(Hand());
        Assert.Contains("NT against Base", text);
        Assert.Contains("NT against Single", text);
        Assert.DoesNotContain("NT against", WriterTests.Printed(SampleRuns.Mnist()));
    }

    /// <summary>Without a baseline there is no transfer relative to it, but negative transfer is still counted against the
    /// references.</summary>
    [Fact]
    public void ReferencesNeedNoBaseline()
    {
        var run = Hand() with { Variants = [Base with { Role = VariantRole.Method }, Single, Mine] };
        Assert.Equal(["Single"], Report.From(run).References);
        var text = WriterTests.Printed(run);
        Assert.Contains("NT against Single", text);
        Assert.Contains("no baseline is among the finished results", text);
    }

    [Fact]
    public void NoDifferenceAnywhereIsSaidAsThat()
    {
        var text = WriterTests.Printed(Hand(10, 20, 30, 40));
        Assert.Contains("Mine: equal to Base on all 4 tasks.", text);
        Assert.DoesNotContain("hurt none, not even", text);
    }

    [Fact]
    public void ConstantPredictionsAreWarnedOf()
    {
        var run = Hand();
        var text = WriterTests.Printed(
            run with
            {
                Cells = [.. run.Cells.Select(c => c.Variant == "Mine" ? c with { ConstantPredictions = [true, false, true, false] } : c)],
            });
        Assert.Contains("Warning: Mine predicts the same for every test row on 2 of 4 tasks in at least one run (T0, T2)", text);
        Assert.DoesNotContain("Warning: Base", text);
    }

    [Fact]
    public void ASeedThatNoVariantFinishedIsMissing()
    {
        var report = Report.From(Hand() with { Seeds = [1, 7] });
        Assert.Equal(
            [
                new UnusableCell("Base", 7, "not finished"), new UnusableCell("Single", 7, "not finished"),
                new UnusableCell("Mine", 7, "not finished"),
            ],
            report.Unusable);
        Assert.Equal([1, 7], report.Seeds);
    }

    /// <summary>A first discovery among 4 tasks needs 159 resamples or 8 seeds, among 181 tasks 7239 resamples or 13 seeds.</summary>
    [Fact]
    public void PowerSaysWhatAFirstDiscoveryTakes()
    {
        var few = WriterTests.Printed(Hand());
        Assert.Contains("over 4 tasks a first discovery takes p ≤ 0.05/4 = 0.0125. Resampling test rows can reach it.", few);
        Assert.Contains("would take 8 seeds; this run has 1", few);
        var many = WriterTests.Printed(SampleRuns.Drugs(181));
        Assert.Contains("cannot reach it with 2000 resamples (it takes 7239)", many);
        Assert.Contains("would take 13 seeds; this run has 3", many);
    }
}
