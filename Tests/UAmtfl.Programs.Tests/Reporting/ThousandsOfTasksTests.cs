using System.Diagnostics;
using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Hosting;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Reporting;

/// <summary>A stored run of 2,000 tasks, whose cells each learnt a matrix of four million transfers, can be read and reported.</summary>
public sealed class ThousandsOfTasksTests
{
    private const int Count = 2000;

    private static readonly TaskSet Tasks = TaskSet.Family(
        TaskKind.Regression, [.. Enumerable.Range(0, Count).Select(t => $"Task{t:0000}")]);

    private static readonly VariantInfo[] Variants =
    [
        new("Stl", "SingleTask", VariantRole.Baseline),
        new("Mtl", "HardSharing", VariantRole.Method),
        new("UAmtfl", "Amtfl + Uncertainty", VariantRole.Proposed),
    ];

    [Fact]
    public void TheReportIsSmallAndQuickAndAMatrixIsReadWhenItIsDrawn()
    {
        using var folder = new TemporaryFolder();
        var run = RunFolder.Create(folder.Path, Fake.Manifest(Fake.Resolve(new() { Experiment = "mnist" })));
        Cell[] cells = [.. Cell.All(Variants.Select(v => v.Name), [1])];
        foreach (var cell in cells)
        {
            var files = run.Cell(cell);
            files.BeginMetrics(Tasks).Dispose();
            files.Finish(Result(cell), Tasks);
        }

        // Reading the cells allocates less than one matrix, because the matrix of a cell is not read with its result.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var results = Array.ConvertAll(cells, c => run.Cell(c).Read(Tasks));
        var matrix = (long)Count * Count * sizeof(double);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, matrix);

        var watch = Stopwatch.StartNew();
        var target = Path.Combine(folder.Path, "report");
        var report = Report.From(new("huge", "Two thousand tasks.", Tasks, true, Variants, [1], results, []));
        ReportWriter.Write(report, target);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
        var written = Directory.GetFiles(target, "*", SearchOption.AllDirectories).Select(f => new FileInfo(f)).ToList();
        Assert.InRange(written.Sum(f => f.Length), 1, 10_000_000);
        Assert.Contains(written, f => f.Name == "transfer-UAmtfl.svg");

        // Task 7 has the largest transfers and is shown; the transfers between all pairs stay in a file of the cell.
        var learnt = report.Variants.Single(v => v.Info.Name == "UAmtfl").LearntTransfer!;
        Assert.Equal((LearntTransfer.Kept, Count), (learnt.Tasks.Count, learnt.AllTasks));
        Assert.Equal([.. learnt.Tasks.Order()], learnt.Tasks);
        Assert.Contains(7, learnt.Tasks);
        Assert.True(File.Exists(Path.Combine(run.FullPath, "cells", "UAmtfl-1", "transfer.npy")));
        var parsed = JsonReport.Parse(File.ReadAllText(Path.Combine(target, "report.json")));
        Assert.Equal(Count, parsed.Variants[2].Transfer!.Tasks.Count);
    }

    private static CellResult Result(Cell cell)
    {
        var random = new Random(cell.Seed);
        var level = cell.Variant == "UAmtfl" ? 0.9 : 1;
        float[] Row() => [.. Enumerable.Range(0, Count).Select(_ => (float)(level * random.NextDouble()))];
        double[] Values() => [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble())];
        return SampleRuns.Cell(cell.Variant, cell.Seed, [.. Enumerable.Range(0, 40).Select(_ => Row())]) with
        {
            TaskMetrics = new[] { "Mse", "Rmse", "R2", "Pearson" }.ToDictionary(m => m, _ => Values()),
            TrainCounts = Values(),
            Traces = new Dictionary<string, double[][]> { ["sigma"] = [.. Enumerable.Range(0, 10).Select(_ => Values())] },
            Transfer = cell.Variant != "UAmtfl"
                ? null
                : [.. Enumerable.Range(0, Count).Select(i => i == 7 ? [.. Values().Select(v => v + 1)] : Values())],
        };
    }
}
