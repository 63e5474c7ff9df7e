using UAmtfl.Evaluation;
using UAmtfl.Evaluation.Statistics;
using UAmtfl.Tasks;

namespace UAmtfl.Reporting;

/// <summary>Resamples the test rows of variants and of their reference together.</summary>
/// <param name="tasks">The tasks.</param>
/// <param name="sharedTest">True if all seeds have the same test rows.</param>
internal sealed class PairedRows(TaskSet tasks, bool sharedTest)
{
    private readonly CellRows rows = new(tasks);

    /// <summary>Computes the difference of one task's loss for each variant, [variant], from row errors if the loss is their mean, else
    /// from the metric.</summary>
    /// <param name="reference">The cells of the reference, one for each seed.</param>
    /// <param name="variants">The cells of the variants, [variant][seed].</param>
    /// <param name="task">The index of the task, which is also the seed of its resamples.</param>
    /// <returns>The differences; without numbers for a variant that has no number of the task, because it is not trained on it.</returns>
    public ResampledDifference[] Differences(CellResult[] reference, CellResult[][] variants, int task)
    {
        var paired = variants.Where(cells => cells.Concat(reference).All(c => CellRows.Has(c, task))).ToArray();
        var differences = new Queue<ResampledDifference>(paired.Length == 0 ? [] : Resampled(reference, paired, task));
        return Array.ConvertAll(variants, v => paired.Contains(v) ? differences.Dequeue() : ResampledDifference.None);
    }

    private ResampledDifference[] Resampled(CellResult[] reference, CellResult[][] variants, int task)
    {
        var metric = rows.MetricOf(task);
        if (metric.IsMean())
        {
            return PairedBootstrap.Differences(Blocks(reference, variants, task), (ulong)task);
        }

        var metrics = Array.ConvertAll(reference, c => rows.Metric(c, task));
        var others = Array.ConvertAll(variants, cells => Array.ConvertAll(cells, c => rows.Metric(c, task)));
        MetricBlock[] blocks = sharedTest
            ? [new(metrics, others)]
            : [.. metrics.Select((m, s) => new MetricBlock([m], [.. others.Select(o => new[] { o[s] })]))];
        return MetricBootstrap.Differences(blocks, metric.HigherIsBetter(), (ulong)task);
    }

    /// <summary>Checks that rows can be paired.</summary>
    /// <exception cref="ArgumentException">Two cells do not have the same test rows, or a metric needs scores that a cell does not
    /// have.</exception>
    public void Check(CellResult[] reference, CellResult[] cells)
    {
        for (var s = 0; s < cells.Length; s++)
        {
            var expected = reference[sharedTest ? 0 : s];
            foreach (var cell in new[] { cells[s], reference[s] })
            {
                CheckScores(cell);
                if (cell.RowErrors.Length != expected.RowErrors.Length || !SameLabels(cell, expected))
                {
                    throw new ArgumentException(
                        $"{cell.Variant} and {expected.Variant} with seed {cell.Seed} do not have the same {expected.RowErrors.Length} "
                            + "test rows; they cannot be paired.");
                }
            }
        }
    }

    /// <summary>Throws if a metric needs scores that a cell does not have. This is checked before tasks are distributed to
    /// threads.</summary>
    private void CheckScores(CellResult cell)
    {
        if (tasks.Tasks.Select(t => tasks.MetricOf(t.Kind)).FirstOrDefault(m => m.NeedsScores()) is var metric and not TaskMetric.Default
            && (cell.Scores is null || cell.Labels is null))
        {
            throw new ArgumentException(
                $"{cell.Variant} with seed {cell.Seed} has no scores of its test rows, which {metric.Short()} needs.");
        }
    }

    /// <summary>True if two cells have the same labels of the tasks that both are trained on.</summary>
    private bool SameLabels(CellResult cell, CellResult other)
    {
        var (a, b) = (cell.Labels, other.Labels);
        if (a is null || b is null || a.Length != b.Length)
        {
            return ReferenceEquals(a, b);
        }

        return a.Index().All(row => row.Item.AsSpan().SequenceEqual(b[row.Index]))
            || Enumerable.Range(0, tasks.Count).Where(t => CellRows.Has(cell, t) && CellRows.Has(other, t))
                .All(t => a.Index().All(row => row.Item[t].Equals(b[row.Index][t])));
    }

    /// <summary>Returns the differences of one task, [block][variant][row], with one block of means over seeds if all seeds have the same
    /// rows, else one block for each seed.</summary>
    private double[][][] Blocks(CellResult[] reference, CellResult[][] variants, int task)
    {
        if (!sharedTest)
        {
            return [.. reference.Select((r, s) => Array.ConvertAll(variants, cells => RowDifferences([r], [cells[s]], task)))];
        }

        return [Array.ConvertAll(variants, cells => RowDifferences(reference, cells, task))];
    }

    /// <summary>Returns the mean over seeds of variant − reference for each row that the task has, [row].</summary>
    private static double[] RowDifferences(CellResult[] reference, CellResult[] cells, int task)
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
}
