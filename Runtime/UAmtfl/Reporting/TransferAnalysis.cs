using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;

namespace UAmtfl.Reporting;

/// <summary>Measures what every variant did to every task, against the baseline, paired by seed and by test row.</summary>
/// <param name="tasks">[T], the tasks' names.</param>
/// <param name="sharedTest">Whether all seeds have the same test rows.</param>
internal sealed class TransferAnalysis(IReadOnlyList<string> tasks, bool sharedTest)
{
    /// <summary>Differences below this, relative to the errors, are rounding.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>By variant; a variant without a seed in common with the baseline is absent.</summary>
    public Dictionary<string, TaskTransfers> Against(
        IReadOnlyDictionary<int, CellResult> baseline,
        IEnumerable<KeyValuePair<string, SortedDictionary<int, CellResult>>> variants)
    {
        var transfers = new Dictionary<string, TaskTransfers>();

        // Variants with the same seeds go together, so that one resample of the rows serves them all.
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
                CheckRows(reference, column);
            }

            var intervals = new Interval[tasks.Count][];
            Parallel.For(0, tasks.Count, t => intervals[t] = PairedBootstrap.Intervals(Blocks(reference, columns, t), (ulong)t));
            foreach (var (variant, column) in group.Select((v, i) => (v.Name, i)))
            {
                transfers[variant] = new TaskTransfers(
                    seeds,
                    [.. tasks.Select((task, t) => Transfer(task, t, reference, columns[column], intervals[t][column]))],
                    [.. seeds.Select((_, s) => Hurt(reference[s].TaskErrors, columns[column][s].TaskErrors))]);
            }
        }

        return transfers;
    }

    /// <summary>How many tasks one run of a variant hurt.</summary>
    private static int Hurt(double[] reference, double[] errors) =>
        errors.Where((error, t) => Sign(error - reference[t], reference[t]) > 0).Count();

    private static TaskTransfer Transfer(string task, int t, CellResult[] reference, CellResult[] cells, Interval interval)
    {
        var delta = cells.Select((c, s) => c.TaskErrors[t] - reference[s].TaskErrors[t]).Sum() / cells.Length;
        var scale = reference.Max(c => Math.Abs(c.TaskErrors[t]));
        var outcome = !double.IsFinite(delta) ? TransferOutcome.Unknown : Sign(delta, scale) switch
        {
            > 0 => Sign(interval.Low, scale) > 0 ? TransferOutcome.HurtBeyondInterval : TransferOutcome.Hurt,
            < 0 => Sign(interval.High, scale) < 0 ? TransferOutcome.HelpedBeyondInterval : TransferOutcome.Helped,
            _ => TransferOutcome.Same,
        };
        return new TaskTransfer(task, delta, interval, outcome);
    }

    /// <summary>1, −1, or 0 for a difference that is rounding or not a number.</summary>
    private static int Sign(double difference, double scale) =>
        double.IsNaN(difference) || Math.Abs(difference) <= Tolerance * scale ? 0 : Math.Sign(difference);

    /// <summary>[block][variant][row] differences of one task: one block of means over seeds where the rows are the same ones, else
    /// one block a seed.</summary>
    private double[][][] Blocks(CellResult[] reference, CellResult[][] variants, int task)
    {
        if (!sharedTest)
        {
            return [.. reference.Select((r, s) => Array.ConvertAll(variants, cells => Differences([r], [cells[s]], task)))];
        }

        return [Array.ConvertAll(variants, cells => Differences(reference, cells, task))];
    }

    /// <summary>[row] of the rows that the task has, the mean over the given seeds of variant − reference.</summary>
    private static double[] Differences(CellResult[] reference, CellResult[] cells, int task)
    {
        var differences = new List<double>();
        for (var row = 0; row < reference[0].RowErrors.Length; row++)
        {
            if (float.IsNaN(reference[0].RowErrors[row][task]))
            {
                continue;
            }

            var sum = 0.0;
            for (var s = 0; s < cells.Length; s++)
            {
                sum += (double)cells[s].RowErrors[row][task] - reference[s].RowErrors[row][task];
            }

            differences.Add(sum / cells.Length);
        }

        return [.. differences];
    }

    private void CheckRows(CellResult[] reference, CellResult[] cells)
    {
        for (var s = 0; s < cells.Length; s++)
        {
            var expected = reference[sharedTest ? 0 : s].RowErrors.Length;
            if (cells[s].RowErrors.Length != expected || reference[s].RowErrors.Length != expected)
            {
                throw new ArgumentException(
                    $"{cells[s].Variant} and {reference[s].Variant} with seed {cells[s].Seed} do not have the same {expected} test rows; they cannot be paired.");
            }
        }
    }
}
