using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>Measures the effect of every variant on every task, against a reference, paired by seed and by test row.</summary>
/// <param name="tasks">The tasks.</param>
/// <param name="sharedTest">True if all seeds have the same test rows.</param>
internal sealed class TransferAnalysis(TaskSet tasks, bool sharedTest)
{
    /// <summary>The size, relative to the errors, below which a difference is only rounding.</summary>
    private const double Tolerance = 1e-9;

    private readonly PairedRows rows = new(tasks, sharedTest);

    /// <summary>Returns the effects of each variant by its name; a variant without a seed in common with the reference is left
    /// out.</summary>
    public Dictionary<string, TaskTransfers> Against(
        IReadOnlyDictionary<int, CellResult> baseline,
        IEnumerable<KeyValuePair<string, SortedDictionary<int, CellResult>>> variants)
    {
        var transfers = new Dictionary<string, TaskTransfers>();

        // Variants with the same seeds are analysed together, so that one resample of the rows serves them all.
        var groups = variants
            .Select(v => (Name: v.Key, Cells: v.Value, Seeds: v.Value.Keys.Where(baseline.ContainsKey).ToArray()))
            .Where(v => v.Seeds.Length > 0)
            .GroupBy(v => string.Join(',', v.Seeds));
        foreach (var group in groups)
        {
            var seeds = group.First().Seeds;
            var reference = Array.ConvertAll(seeds, s => baseline[s]);
            var columns = group.Select(v => Array.ConvertAll(seeds, s => v.Cells[s])).ToArray();
            foreach (var column in columns)
            {
                rows.Check(reference, column);
            }

            var differences = new ResampledDifference[tasks.Count][];
            Parallel.For(0, tasks.Count, t => differences[t] = rows.Differences(reference, columns, t));
            foreach (var (variant, column) in group.Select((v, i) => (v.Name, i)))
            {
                var own = Array.ConvertAll(differences, d => d[column]);
                transfers[variant] = new TaskTransfers(
                    seeds,
                    Transfers(reference, columns[column], own),
                    [.. seeds.Select((_, s) => Hurt(reference[s].TaskErrors, columns[column][s].TaskErrors))]);
            }
        }

        return transfers;
    }

    /// <summary>Returns the number of tasks that one run of a variant hurt.</summary>
    private static int Hurt(double[] reference, double[] errors) =>
        errors.Where((error, t) => Sign(error - reference[t], reference[t]) > 0).Count();

    /// <summary>Returns the effect of a variant on each task, [T].</summary>
    private TaskTransfer[] Transfers(CellResult[] reference, CellResult[] cells, ResampledDifference[] differences)
    {
        var p = Array.ConvertAll(differences, d => d.P);
        var (holm, hochberg) = (MultipleTests.Holm(p), MultipleTests.BenjaminiHochberg(p));
        return [.. tasks.Tasks.Select((task, t) =>
        {
            var delta = cells.Select((c, s) => c.TaskErrors[t] - reference[s].TaskErrors[t]).Sum() / cells.Length;
            var outcome = Outcome(delta, differences[t].Interval, reference.Max(c => Math.Abs(c.TaskErrors[t])));
            var metric = tasks.MetricOf(task.Kind);
            var baseline = metric.Loss(reference.Average(c => c.TaskErrors[t]));
            return new TaskTransfer(
                task.Name,
                delta,
                differences[t].Interval,
                outcome,
                p[t],
                holm[t],
                hochberg[t],
                baseline > 0 ? 100 * (0 - delta) / baseline : double.NaN);
        })];
    }

    private static TransferOutcome Outcome(double delta, Interval interval, double scale) =>
        !double.IsFinite(delta) ? TransferOutcome.Unknown : Sign(delta, scale) switch
        {
            > 0 => Sign(interval.Low, scale) > 0 ? TransferOutcome.HurtBeyondInterval : TransferOutcome.Hurt,
            < 0 => Sign(interval.High, scale) < 0 ? TransferOutcome.HelpedBeyondInterval : TransferOutcome.Helped,
            _ => TransferOutcome.Same,
        };

    /// <summary>Returns the sign of a difference: 1, −1, or 0 if it is only rounding or not a number.</summary>
    private static int Sign(double difference, double scale) =>
        double.IsNaN(difference) || Math.Abs(difference) <= Tolerance * scale ? 0 : Math.Sign(difference);
}
