using UAmtfl.Descriptors;
using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Metrics;
using UAmtfl.Reporting;
using UAmtfl.Tasks;

namespace UAmtfl.Tests.Reporting;

/// <summary>Runs whose headline is not an error: areas under curves, roots of squares, and mixed kinds of tasks.</summary>
internal static class ScoredRuns
{
    public static readonly VariantInfo Base = SampleRuns.Variant("Base", VariantRole.Baseline);
    public static readonly VariantInfo Mine = SampleRuns.Variant("Mine", VariantRole.Proposed);

    /// <summary>A result from scores and labels [N][T], for binary tasks whose headline is the area under the curve.</summary>
    public static CellResult Areas(string variant, int seed, float[][] scores, float[][] labels)
    {
        double[] areas = [.. Enumerable.Range(0, scores[0].Length).Select(t =>
        {
            int[] rows = [.. Enumerable.Range(0, scores.Length).Where(r => !float.IsNaN(labels[r][t]))];
            return new RocAuc([.. rows.Select(r => (double)scores[r][t])], [.. rows.Select(r => (double)labels[r][t])]).Value();
        })];
        return new CellResult
        {
            Variant = variant,
            Seed = seed,
            OverallError = 1 - areas.Where(a => !double.IsNaN(a)).Average(),
            TaskErrors = [.. areas.Select(a => 1 - a)],
            TaskLosses = areas,
            RowErrors =
            [
                .. scores.Select((row, r) =>
                    row.Select((s, t) => float.IsNaN(labels[r][t]) ? float.NaN : s > 0 == labels[r][t] > 0.5 ? 0f : 1).ToArray()),
            ],
            SharedTest = true,
            Scores = scores,
            Labels = labels,
            TaskMetrics = new Dictionary<string, double[]> { ["RocAuc"] = areas },
        };
    }

    /// <summary>A run with 20 rows of two tasks, of which the second has labels of one class only. For the first task Base ranks all rows
    /// rightly, and Mine ranks one positive last.</summary>
    public static RunResults OneClass()
    {
        float[][] labels = [.. Enumerable.Range(0, 20).Select(r => new[] { r < 10 ? 0f : 1, 1 })];
        float[][] scores = [.. Enumerable.Range(0, 20).Select(r => new float[] { r - 9.5f, r })];
        float[][] worse = [.. scores.Select((row, r) => r == 19 ? [-99f, row[1]] : row)];
        return SampleRuns.Run(
            [Base, Mine],
            [
                Areas("Base", 1, scores, labels), Areas("Mine", 1, worse, labels), Areas("Base", 2, scores, labels),
                Areas("Mine", 2, scores, labels),
            ],
            tasks: SampleRuns.Tasks(TaskKind.Binary, ["T0", "T1"]) with { Metrics = [TaskMetric.RocAuc] });
    }

    /// <summary>A run with two binary tasks and two regressions on 40 rows. Mine is worse by 10 points on B1 and by 1 on R0, and better
    /// by 8 on R1.</summary>
    public static RunResults Mixed(int seeds = 2)
    {
        var tasks = new TaskSet(
            [
                new("B0", TaskKind.Binary, 1), new("B1", TaskKind.Binary, 1), new("R0", TaskKind.Regression, 1),
                new("R1", TaskKind.Regression, 1),
            ],
            [0, 1, 2, 3],
            false);
        float[][] Rows(int first, int second, float third, float fourth) =>
            [.. Enumerable.Range(0, 40).Select(r => new[] { r < first ? 1f : 0, r < second ? 1f : 0, third, fourth })];
        return SampleRuns.Run(
            [Base, Mine],
            [
                .. Enumerable.Range(1, seeds)
                    .SelectMany(s => new[]
                    {
                        SampleRuns.Cell("Base", s, Rows(8, 8, 4, 10)), SampleRuns.Cell("Mine", s, Rows(8, 12, 5, 2)),
                    })
                    .Select(c => c with { TrainCounts = [100, 1000, 10, 10_000] }),
            ],
            tasks: tasks);
    }
}
